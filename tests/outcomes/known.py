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
