"""Words of English that stand in texts about anything, and so hardly tell what a text is about."""

_LIST = """
    a about above across after again against all almost along already also although always am among an and any anything
    are around as at away back be became because become been before behind being below between both but by came can
    cannot come could did do does doing done down during each either else enough even ever every everything few first
    for from further get gets getting give given gives go goes going gone got had has have having he her here hers
    herself him himself his how however i if in instead into is it its itself just keep kept last later least less let
    like made make makes many may maybe me might more most much must my myself near need needs neither never next no nor
    not nothing now of off often on once one only onto or other others our ours ourselves out over own per put quite
    rather s same say says see seem seems she should since so some something soon still such t take taken takes than
    that the their theirs them themselves then there these they thing things this those though through thus to together
    too toward towards two under until up upon us use used uses using very was way we well went were what whatever when
    where whether which while who whole whom whose why will with within without would yes yet you your yours yourself
"""
STOP_WORDS = frozenset(_LIST.split())
