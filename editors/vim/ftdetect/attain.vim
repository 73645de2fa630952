autocmd BufRead,BufNewFile *.attain setfiletype attain
