"""What was written: the tree of one policy file, close to its text.

Names are not resolved and nothing is typed here (that is `model`). Every node carries the span of its text, which is
left out of comparisons, so two trees are equal when they say the same, wherever it stands.
"""

from __future__ import annotations

from attain_compiler.syntax.ast.changes import *
from attain_compiler.syntax.ast.designations import *
from attain_compiler.syntax.ast.examples import *
from attain_compiler.syntax.ast.expressions import *
from attain_compiler.syntax.ast.file import *
from attain_compiler.syntax.ast.head import *
from attain_compiler.syntax.ast.node import *
from attain_compiler.syntax.ast.rules import *
from attain_compiler.syntax.ast.scores import *
from attain_compiler.syntax.ast.tables import *
from attain_compiler.syntax.ast.vocabulary import *
