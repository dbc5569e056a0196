"""The rules that the source itself keeps: who imports whom, how long things are, what is not written."""
