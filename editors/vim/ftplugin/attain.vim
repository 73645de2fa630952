" Attain policies: two blanks, `#` comments, names with hyphens.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:# expandtab shiftwidth=2 softtabstop=2 iskeyword+=-
setlocal foldmethod=indent
if executable("attain")
  setlocal formatprg=attain\ fmt\ -
endif
let b:undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< iskeyword< foldmethod< formatprg<"
