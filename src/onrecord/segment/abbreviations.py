"""Abbreviations of English news after which a full stop ends no sentence.

Source: our own list of titles, ranks, months, states and units as the AP
Stylebook's headings name them. Lower case, without the last full stop.
"""

ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev fr hon pres gov lt gen col maj capt cmdr sgt cpl pvt adm brig
    sen reps rep sens govs st ste mt ft messrs mme mlle supt det insp amb atty
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo
    mont neb nev okla ore pa tenn tex va vt wash wis wyo
    vs etc cf al no nos vol vols fig pp ch sec art approx est dept univ assn bros
    u.s u.k u.n e.u d.c a.m p.m i.e e.g viz
    """.split()
) - {"la", "no", "art", "a.m", "p.m", "etc", "d.c", "sec", "mar", "ill", "miss", "wash", "mass"}

# Words too, but before a number they are never the end: "No. 2". As they are written.
BEFORE_NUMBERS = frozenset("No no Nos nos Art art Sec sec Ch Fig Mar Vol".split())

# Two capitals with full stops are the initials of a name, as in "J.K. Arden", except for
# these: places, eras, hours and others that end sentences.
NO_NAMES = frozenset(
    """
    A.C A.D A.M B.C D.C E.T L.A N.C N.D N.H N.J N.M N.Y O.K P.M P.R P.S R.I S.C S.D T.V W.V
    """.split()
)
