"""One person's series, a phase before and a phase after: how far the points of the two lie apart.

    overlap        how often a point after is better than a point before: NAP, Tau, Tau-U, PND, PEM, PAND, IRD
    kendall        the Tau-U family in three published forms, each named, and scores of Kendall's S
    baseline       the same after a trend in the phase before has been taken out: Tau-BC
    means          how far the averages lie apart: log response ratios, standardised mean differences
    randomisation  how often a start drawn by lot would have looked as good
    report         all of it for one series, each figure with what it assumes and its paper

All of them take points as independent. Weeks of one person seldom are: limits are then too short, which is why
the report shows the resemblance of neighbouring points beside them.
"""
