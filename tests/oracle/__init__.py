"""An independent, plain and exact interpreter of `model.Program`, to check the engine against.

It shares no code with the engine but the data types of programs and facts. Nothing in it is fast; everything in it is
meant to be seen to be right: each node of the model is evaluated by the sentence that its docstring says.

- `interpreter`: what a program says of complete facts (`expressions` and `designations` are its halves);
- `completions`: what it says of facts with unknown parts, by trying values for them (a sample, not a proof);
- `changes`: the cheapest plan, by trying every one;
- `facts_generator`, `policy_generator`: random facts for any program, random policies.
"""
