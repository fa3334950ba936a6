"""40-digit references of log2 and log10: python3 scripts/reference/logarithms.py writes test/data/special/log2.json and log10.json.

The arguments of log.json, powers of the base and their neighbours; each line holds the bits of the argument, of the result and of the rest.
"""

import json
import math
import struct

import mpmath as mp

mp.mp.prec = 400
FOLDER = "test/data/special/"


def bits(x):
    return struct.pack(">d", x).hex()


def double(hexadecimal):
    return struct.unpack(">d", bytes.fromhex(hexadecimal))[0]


with open(FOLDER + "log.json") as file:
    arguments = {double(row[0][0]) for row in json.load(file)}

for base, exponents in ((2, range(-1074, 1024, 97)), (10, range(-22, 300, 23))):
    powers = {float(mp.mpf(base) ** k) for k in exponents} | {1.0}
    near = {math.nextafter(x, toward) for x in powers for toward in (0, math.inf)}
    rows = []
    for x in sorted(x for x in arguments | powers | near if x > 0):
        exact = mp.log(mp.mpf(x)) / mp.log(base)
        result = float(exact)
        rows.append([[bits(x)], bits(result), bits(float(exact - mp.mpf(result)))])
    with open(f"{FOLDER}log{base}.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n")
