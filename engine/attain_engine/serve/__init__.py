"""`attain serve`: a page and an HTTP API on this machine. `models` are its questions and answers; `worker` answers
them, in processes of their own; `app` speaks HTTP. Needs the extra `attain[serve]`, all but `models`."""
