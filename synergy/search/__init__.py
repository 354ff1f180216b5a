"""One search over everything that the apps register, for each person within what they may open.

Note [Found through the viewer]: the index knows words, not rights. What it finds are candidates; each kind
passes them through the viewer's own queries before anything of them is ranked, counted or shown. An index
that is behind can therefore show too little, and never too much.
"""
