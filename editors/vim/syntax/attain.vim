" Attain policies.
if exists("b:current_syntax")
  finish
endif

syntax match attainConstant "\<\(failed\|met\|never\|no\|none\|undetermined\|yes\)\>"
syntax match attainKeyword "\<\(recovered from\|adds\|advice\|aka\|as\|at a time\|each \(day\|month\|year\)\|a \(day\|week\|month\|year\)\|because\|continues\|cost\|costs\|default\|expect\|from\|given\|like\|lowers\|on\|option\|part\|raises\|reading\|removes\|require\|sets\|source\|takes\|tier\|time\|times\|to\|unique\|unknown\|worth\)\>"
syntax match attainOperator "\<\(after\|and\|before\|implies\|in\|is\|not\|or\)\>"
syntax match attainStatement "\<\(among\|by\|called\|distinct\|each\|else\|every\|for\|has\|new\|no\|of\|otherwise\|over\|some\|the\|when\|where\|with\|without\)\>"
syntax match attainType "\<\(count\|date\|duration\|flag\|money\|month\|number\|percent\|points\|text\)\>"

" A longer phrase wins, which is why it stands below a shorter one.
syntax match attainKeyword "\<up\s\+to\>"
syntax match attainKeyword "\<given\s\+also\>"
syntax match attainKeyword "\<expect\s\+no\s\+plan\>"
syntax match attainKeyword "\<expect\s\+plan\s\+for\>"
syntax match attainKeyword "\<expect\s\+plan\s\+has\>"
syntax match attainKeyword "\<expect\s\+plan\s\+costs\>"
syntax match attainOperator "\<as\s\+of\>"
syntax match attainKeyword "\<out\s\+of\>"
syntax match attainOperator "\<all\s\+of\>"
syntax match attainOperator "\<any\s\+of\>"
syntax match attainOperator "\<is\s\+met\>"
syntax match attainOperator "\<is\s\+not\>"
syntax match attainOperator "\<not\s\+in\>"
syntax match attainStatement "\<sum\s\+of\>"
syntax match attainType "\<set\s\+of\>"
syntax match attainKeyword "\<full\s\+at\>"
syntax match attainKeyword "\<one\s\+row\>"
syntax match attainKeyword "\<only\s\+if\>"
syntax match attainOperator "\<at\s\+most\>"
syntax match attainStatement "\<any\s\+for\>"
syntax match attainStatement "\<best\s\+of\>"
syntax match attainStatement "\<step\s\+by\s\+step\>"
syntax match attainStatement "\<by\s\+case\>"
syntax match attainType "\<band\s\+of\>"
syntax match attainKeyword "\<or\s\+\(never\|none\)\>"
syntax match attainOperator "\<at\s\+least\>"
syntax match attainOperator "\<is\s\+known\>"
syntax match attainOperator "\<year\s\+of\>"
syntax match attainOperator "\<month\s\+of\>"
syntax match attainOperator "\<month\s\+number\s\+of\>"
syntax match attainOperator "\<\(first\|last\)\>\ze\s\+\d"
syntax match attainStatement "\<best\s\+for\>"
syntax match attainStatement "\<count\s\+of\>"
syntax match attainStatement "\<for\s\+each\>"
syntax match attainStatement "\<least\s\+of\>"
syntax match attainStatement "\<once\s\+for\>"
syntax match attainStatement "\<in\s\+both\>"
syntax match attainConstant "\<plan\s\+date\>"
syntax match attainOperator "\<is\s\+failed\>"
syntax match attainOperator "\<less\s\+than\>"
syntax match attainOperator "\<more\s\+than\>"
syntax match attainStatement "\<latest\s\+of\>"
syntax match attainStatement "\<least\s\+for\>"
syntax match attainStatement "\<median\s\+of\>"
syntax match attainConstant "\<last\s\+month\>"
syntax match attainConstant "\<this\s\+month\>"
syntax match attainOperator "\<later\s\+than\>"
syntax match attainOperator "\<rounded\s\+up\>"
syntax match attainOperator "\<within\s\+the\>"
syntax match attainStatement "\<average\s\+of\>"
syntax match attainStatement "\<maximum\s\+of\>"
syntax match attainOperator "\<months\s\+from\>"
syntax match attainStatement "\<earliest\s\+of\>"
syntax match attainStatement "\<greatest\s\+of\>"
syntax match attainConstant "\<nothing\s\+else\>"
syntax match attainOperator "\<earlier\s\+than\>"
syntax match attainOperator "\<rounded\s\+down\>"
syntax match attainOperator "\<is\s\+not\s\+met\>"
syntax match attainOperator "\<last\s\+day\s\+of\>"
syntax match attainOperator "\<on\s\+or\s\+after\>"
syntax match attainConstant "\<assessment\s\+date\>"
syntax match attainOperator "\<each\s\+part\s\+of\>"
syntax match attainOperator "\<first\s\+day\s\+of\>"
syntax match attainOperator "\<is\s\+not\s\+known\>"
syntax match attainOperator "\<is\s\+undetermined\>"
syntax match attainOperator "\<on\s\+or\s\+before\>"
syntax match attainKeyword "\<in\s\+force\s\+from\>"
syntax match attainOperator "\<is\s\+not\s\+failed\>"
syntax match attainOperator "\<rounded\s\+half\s\+up\>"
syntax match attainKeyword "\<in\s\+proportion\s\+to\>"
syntax match attainOperator "\<rounded\s\+half\s\+even\>"
syntax match attainOperator "\<is\s\+not\s\+undetermined\>"
syntax match attainKeyword "\<all\s\+or\s\+nothing\s\+when\>"
syntax match attainOperator "\<number\s\+of\s\+days\s\+from\>"
syntax match attainOperator "\<number\s\+of\s\+years\s\+from\>"
syntax match attainOperator "\<number\s\+of\s\+months\s\+from\>"

syntax match attainNote "\<source\>\ze\s\+\("\|[A-Z0-9]\)"
syntax match attainNote "\<\(recovered from\|because\|advice\|aka\|unknown\)\>\ze\s\+""
syntax match attainDeclaration "^\(policy\|library\|import\|amends\|enum\|entity\|record\|parameter\|reading\|define\|measure\|score\|designation\|change\|report\|excluded\|precedence\|example\|claim\)\>"
syntax match attainDeclaration "^\s\+\zs\(gate\|part\|require\|option\|tier\)\>"
syntax match attainNumber "\<\d[0-9_]*\(\.[0-9_]\+\)\?\>\(\s*%\|\s\+\(days\?\|weeks\?\|months\?\|years\?\|points\?\|[A-Z]\{3}\(\s\+a\s\+\(day\|week\|month\|year\)\)\?\)\>\)\?"
syntax match attainDate "\<\d\{4}-\d\{1,2}\(-\d\{1,2}\)\?\>"
syntax match attainMember "\.\zs[A-Za-z][A-Za-z0-9_-]*"
syntax match attainPlaceholder "{[A-Za-z][^{}]*}" contained
syntax match attainEscape "\\." contained
syntax region attainString start=+"+ skip=+\\.+ end=+"+ oneline contains=attainPlaceholder,attainEscape
syntax match attainComment "#.*$" contains=@Spell

highlight default link attainDeclaration Structure
highlight default link attainStatement Statement
highlight default link attainKeyword Keyword
highlight default link attainOperator Operator
highlight default link attainConstant Constant
highlight default link attainType Type
highlight default link attainNote PreProc
highlight default link attainNumber Number
highlight default link attainDate Number
highlight default link attainMember Identifier
highlight default link attainPlaceholder Special
highlight default link attainEscape SpecialChar
highlight default link attainString String
highlight default link attainComment Comment

let b:current_syntax = "attain"
