"""Published data with known answers.

`SLEEP` is R's data set `sleep`: extra hours of sleep of ten people with two drugs (Cushny and
Peebles 1905; Student 1908). Published: mean change 1.58, t = 4.0621, 95 % interval 0.7001 to
2.4599; g_av 0.761 and d_z 1.285 as in R's effectsize.
"""

BEFORE = ["0.7", "-1.6", "-0.2", "-1.2", "-0.1", "3.4", "3.7", "0.8", "0.0", "2.0"]
AFTER = ["1.9", "0.8", "1.1", "0.1", "-0.1", "4.4", "5.5", "1.6", "4.6", "3.4"]
SLEEP = [(float(x), float(y)) for x, y in zip(BEFORE, AFTER, strict=True)]
#: The same in tenths of an hour, as whole numbers.
SLEEP_TENTHS = [(round(10 * x), round(10 * y)) for x, y in SLEEP]

#: Holzinger & Swineford (1939): covariances (n - 1) of nine tests of 301 school children, as in
#: lavaan's `HolzingerSwineford1939`. Published: alpha .6261171 (x1 to x3, visual), .8827069
#: (x4 to x6, textual) and .6884550 (x7 to x9, speed), by R's semTools.
_HOLZINGER_SWINEFORD = [
    [1.3628977],
    [0.4087292, 1.3863898],
    [0.5818323, 0.4525675, 1.2791144],
    [0.5065178, 0.2096198, 0.2088635, 1.3551667],
    [0.4420843, 0.2117947, 0.1126706, 1.1014120, 1.6653184],
    [0.4563242, 0.2483697, 0.2449227, 0.8985008, 1.0179058, 1.2003462],
    [0.0850480, -0.0970735, 0.0886363, 0.2204751, 0.1434762, 0.1445587, 1.1870833],
    [0.2647171, 0.1100249, 0.2130304, 0.1260120, 0.1812072, 0.1659824, 0.5370294, 1.0253894],
    [
        *(0.4598663, 0.2448228, 0.3750987, 0.2441739, 0.2962255, 0.2367836, 0.3745415),
        *(0.4588409, 1.0183872),
    ],
]
HOLZINGER_SWINEFORD = [
    [_HOLZINGER_SWINEFORD[max(row, column)][min(row, column)] for column in range(9)]
    for row in range(9)
]

#: R's data set `attitude`: 30 departments on seven questions, in percent (Chatterjee & Price
#: 1977). Published: raw alpha .84 (R's psych).
ATTITUDE = [
    [int(number) for number in row.split()]
    for row in (
        "43 51 30 39 61 92 45",
        "63 64 51 54 63 73 47",
        "71 70 68 69 76 86 48",
        "61 63 45 47 54 84 35",
        "81 78 56 66 71 83 47",
        "43 55 49 44 54 49 34",
        "58 67 42 56 66 68 35",
        "71 75 50 55 70 66 41",
        "72 82 72 67 71 83 31",
        "67 61 45 47 62 80 41",
        "64 53 53 58 58 67 34",
        "67 60 47 39 59 74 41",
        "69 62 57 42 55 63 25",
        "68 83 83 45 59 77 35",
        "77 77 54 72 79 77 46",
        "81 90 50 72 60 54 36",
        "74 85 64 69 79 79 63",
        "65 60 65 75 55 80 60",
        "65 70 46 57 75 85 46",
        "50 58 68 54 64 78 52",
        "50 40 33 34 43 64 33",
        "64 61 52 62 66 80 41",
        "53 66 52 50 63 80 37",
        "40 37 42 58 50 57 49",
        "63 54 42 48 66 75 33",
        "66 77 66 63 88 76 72",
        "78 75 58 74 80 78 49",
        "48 57 44 45 51 83 38",
        "85 85 71 71 77 74 55",
        "82 82 39 59 64 78 39",
    )
]

#: Thirteen trials of the BCG vaccine (Colditz et al. 1994): with tuberculosis and without, of the
#: vaccinated and of the others. Published (R's metafor, REML, log risk ratios): estimate -.7145,
#: standard error .1798, tau squared .3132, I squared 92.22 %, Q = 152.2330.
BCG = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]

#: Six people seen by four judges (Shrout & Fleiss 1979). Published: ICC(1,1) = .17.
JUDGED = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]

#: Penicillin and rabbits (Agresti 1990, 231-237), in R's help for `mantelhaen.test`: cured at
#: once, died, cured later, died, at five doses. Published: p = .047.
RABBITS = [(0, 6, 0, 5), (3, 3, 0, 6), (6, 0, 2, 4), (5, 1, 6, 0), (2, 0, 5, 0)]

#: Agreeableness (A1 to A5) of 2,709 people who answered all five: covariances (n - 1), from R's
#: `bfi` (psych). Published: alpha .70 with A1 turned round, .43 without, and then A1 is named.
AGREEABLENESS = [
    [1.9728317, -0.5644872, -0.4915843, -0.3098170, -0.3237103],
    [-0.5644872, 1.3839516, 0.7470139, 0.5862303, 0.5755421],
    [-0.4915843, 0.7470139, 1.7018604, 0.7023033, 0.8314338],
    [-0.3098170, 0.5862303, 0.7023033, 2.2095084, 0.5751549],
    [-0.3237103, 0.5755421, 0.8314338, 0.5751549, 1.5916429],
]

#: A trial with three arms (Hand et al. 1993, A Handbook of Small Data Sets, 285; R's `anorexia`,
#: MASS): weights of young women before and after, in pounds. Published, by R's help for it: after
#: minus before, by before and arm: -0.5655 (.1612) for before, -4.0971 (1.8935) for the control
#: and 4.5631 (2.1333) for family therapy, both beside cognitive behavioural therapy.
TRIAL = {
    "control": (
        "80.7 80.2 89.4 80.1 91.8 86.4 74 86.3 78.1 76.1 88.3 78.1 87.3 75.1 75.1 86.7 80.6 73.5 "
        "78.4 84.6 77.6 77.4 88.7 79.5 81.3 89.6 78.1 81.4 70.5 81.8 77.3 77.3 85.2 84.2 86 75.4 "
        "84.1 79.5 79.7 73 85.5 88.3 84.4 84.7 79.6 81.4 77.5 81.2 72.3 88.2 89 78.8"
    ),
    "behaviour": (
        "80.5 82.2 84.9 85.6 81.5 81.4 82.6 81.9 79.9 76.4 88.7 103.6 94.9 98.4 76.3 93.4 81 73.4 "
        "80.5 82.1 85 96.7 89.2 95.3 81.3 82.4 76.5 72.5 70 90.9 80.4 71.3 83.3 85.4 83 81.6 87.7 "
        "89.1 84.2 83.9 86.4 82.7 76.5 75.7 80.2 82.6 87.8 100.4 83.3 85.2 79.7 83.6 84.5 84.6 "
        "80.8 96.2 87.4 86.7"
    ),
    "family": (
        "83.8 95.2 83.3 94.3 86 91.5 82.5 91.9 86.7 100.3 79.6 76.7 76.9 76.8 94.2 101.6 73.4 94.9 "
        "80.5 75.2 81.6 77.8 82.1 95.5 77.6 90.7 83.5 92.5 89.9 93.8 86 91.7 87.3 98"
    ),
}


def trial(arm: str) -> list[tuple[float, float]]:
    """An arm's weights before and after."""
    numbers = [float(number) for number in TRIAL[arm].split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))
