"""Webhooks: another program hears at its address that something happened in a cohort.

# Note [Told at least once, in order]

What is to be sent is a row, written in the transaction of the fact; a task sends it. So nothing that was
committed is forgotten, whatever happens to the process. Of one stream the oldest goes first and the next one
waits for it. After an answer that got lost the same comes again with the same `webhook-id`.

# Note [Only what they may see]

A message holds no words: the stream, the number and the name of the fact. Whether the one who registered the
address may read that stream is asked when it is sent, not when it happened.
"""
