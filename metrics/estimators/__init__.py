"""Figures with a pedigree: small pure functions from numbers to numbers, each with its paper.

Before always comes first; a ratio is after divided by before, a difference is after minus before. Every function says
what its figure means, its unit, range, no-change value, assumptions, errors and paper
(``tests/metrics/estimators/test_pedigree.py`` sees to it).

Under one roof, to import from
    rates               two event rates and the ratio the project stands behind
    shares              two shares: days of one person, people or checks of a service
    ranks               scores by their order, the same people twice or different people
    survival            how long people stay, with late entry and death as a competing event

Event rates
    single_rate         one rate and its limits
    rate_ratios         the ratio from two tallies: exact, mid-p, score and Wald limits
    skewed_score        the ratio's score limits corrected for skewness, for comparing with others' figures
    rate_tests          p-values that go with them, also for "held steady"
    rate_differences    the difference of two rates
    dispersion          how far counts scatter beyond chance; quasi-Poisson limits from weeks
    runs                the same for weeks that come in good and bad runs, as the default does
    clustered_ratio     the same people before and after, each with all their events as one unit
    clustered_rates     two groups of different people, who differ from each other
    poisson_fit         the log-linear model of two periods, with rows of one person together

Shares
    proportions         one share, and two of different people: Wilson, Clopper-Pearson, Newcombe, Miettinen-Nurminen
    paired_shares       the same people asked twice: Newcombe, Tango, Bonett-Price, McNemar
    exact_shares        few people: Fisher, odds ratio, chi-square
    share_fit           log odds over audits or people, with terms
    trend               a share over audits in order: Cochran-Armitage
    clustering          how many independent trials dependent ones are worth

Scores
    signed_ranks        the same people twice: signed rank with ties, Hodges-Lehmann, mean change
    rank_comparison     different people: Mann-Whitney, Brunner-Munzel, Cliff's delta
    superiority         pairs of a point before and one after, and Newcombe's limits of their share
    exact_ranks         exact distributions of rank sums with ties
    mean_differences    mean scores: paired, by answerer, in order of time
    scales              whether the items of a scale hang together: alpha and omega
    reliable_change     whether one person's score moved more than the scale's own error

One person's series
    single_case         NAP, the Tau family, log response ratios, SMD, a start drawn by lot

A series in order of time
    log_linear          counts: Poisson and negative binomial fits, F test
    linear_series       scores and shares: least squares, Prais-Winsten, AR(1), differences in differences
    newey_west          standard errors for neighbours that resemble each other
    resemblance         the resemblance a fitted series hides, and the spread that allows for it
    autocorrelation     whether neighbours resemble each other at all
    seasons             waves of the year as columns
    counterfactual      what would have been, and events averted
    alternatives        whether an earlier slope or a season explains the change as well

Staying
    staying             Kaplan-Meier, cumulative incidence, restricted mean stay, log-rank and hazard ratio

Planning and many outcomes
    detectable          how small a change could have been seen
    follow_up           how many more weeks would settle it
    many                chance finds among several outcomes: Benjamini-Hochberg
    together            the same thing tried in several services: random effects, without ranking them

Shared by all of them
    intervals           a range of values the data leave open
    limits              from an estimate and its standard error to limits
    arguments           what is asked of arguments
"""
