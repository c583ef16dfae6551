#!/usr/bin/env python3
"""Writes the vectors on which the Java tree and gates must agree with the executable model.

usage: generate.py MODEL_FOLDER OUTPUT_FOLDER

MODEL_FOLDER holds the model (core.py, net.py). It runs here with the half-tree and the compact key
layout; every random draw comes from a fixed seed, so the same model gives the same files.

A file is a list of cases: a line "case NAME", then lines "KEY WORD ...", words in hexadecimal, 64
bits each. A node or a leaf block is two words, low before high. Bits, shares and roots carry the
part number that the Java gate gives them.
"""
import random
import sys
from pathlib import Path

WORD = (1 << 64) - 1
BLOCK_BITS = 7


class Writer:
    def __init__(self):
        self.lines = []

    def case(self, name):
        self.lines.append(f"case {name}")

    def put(self, key, values):
        words = [values] if isinstance(values, int) else values
        self.lines.append(" ".join([key] + [format(v & WORD, "x") for v in words]))

    def save(self, path):
        path.write_text("\n".join(self.lines) + "\n", encoding="ascii")


def halves(nodes):
    return [word for node in nodes for word in (node & WORD, node >> 64)]


def key_bytes(key):
    return [int.from_bytes(key[i : i + 8], "little") for i in (0, 8)]


def put_tree(out, number, m, keys):
    """Correction words level by level, tree by tree; then leaves tree by tree."""
    levels = max(0, m - BLOCK_BITS)
    out.put(f"tree{number}.levels", halves(words[i] for i in range(levels) for words, _ in keys))
    leaves = [leaf for _, leaf in keys]
    out.put(f"tree{number}.leaves", halves(leaves) if m >= BLOCK_BITS else leaves)


def dpf_vectors(core, path):
    rnd = random.Random(20231)
    out = Writer()
    for m in (1, 3, 7, 8, 12, 23, 31, 63):
        top = (1 << m) - 1
        alphas = [0, top, rnd.getrandbits(m), rnd.getrandbits(m), rnd.getrandbits(m)]
        hash_key = rnd.randbytes(16)
        hash_ = core.CCR(core.Hash(hash_key))
        roots = [[rnd.getrandbits(128) for _ in alphas] for _ in (0, 1)]
        keys = [core.ht_gen(hash_, m, a, r0, r1) for a, r0, r1 in zip(alphas, *roots)]
        out.case(f"dpf_{m}_bits")
        out.put("m", m)
        out.put("hashKey", key_bytes(hash_key))
        out.put("alphas", alphas)
        for p in (0, 1):
            out.put(f"roots{p}", halves(roots[p]))
        put_tree(out, 0, m, keys)
        rows = [
            [0] * len(alphas),
            [top] * len(alphas),
            alphas,
            [(a - 1) & top for a in alphas],
            [(a + 1) & top for a in alphas],
            [a ^ (1 << (m - 1)) for a in alphas],
        ] + [[rnd.getrandbits(m) for _ in alphas] for _ in range(6)]
        out.put("rows", len(rows))
        for i, points in enumerate(rows):
            out.put(f"points{i}", points)
            for p in (0, 1):
                bits = [
                    core.ht_lt(hash_, m, p, root, key, u)
                    for root, key, u in zip(roots[p], keys, points)
                ]
                out.put(f"bits{i}.{p}", bits)
    out.save(path)


class Gate:
    """Runs one gate of the model on random masks and writes everything that went in and out."""

    def __init__(self, net, rnd, out, name):
        self.net, self.rnd, self.out = net, rnd, out
        self.seeds = [rnd.randbytes(16), rnd.randbytes(16)]
        self.hash_key = rnd.randbytes(16)
        self.versions = [rnd.randbytes(16), rnd.randbytes(16)]
        self.dealer = net.Dealer(*self.seeds, self.hash_key, self.versions)
        self.parties = []
        out.case(name)
        out.put("hashKey", key_bytes(self.hash_key))

    def wire(self, name, width, count, put=True):
        """A masked wire whose public value is uniform: agreement is asked for on any value."""
        self.dealer.fresh(name, count, width)
        hat = [self.rnd.getrandbits(width) for _ in range(count)]
        mask0, mask1, _ = self.dealer.w[name]
        if put:
            self.out.put(f"{name}.width", width)
            self.out.put(f"{name}.mask0", mask0)
            self.out.put(f"{name}.mask1", mask1)
            self.out.put(f"{name}.masked", hat)
        return hat

    def randomness(self, count, bits, shares, trees, y="y"):
        """What each party expands from its seed, under the Java part numbers."""
        net = self.net
        for p in (0, 1):
            for part, label in enumerate(bits):
                seed = net.subseed(self.seeds[p], "bit", (y,) + label)
                self.out.put(f"bits{p}.{part}", net.expand(seed, count, 1))
            for part, label in enumerate(trees):
                roots = [net.root(self.seeds[p], (y, label), i) for i in range(count)]
                self.out.put(f"roots{p}.{part}", halves(roots))
        for part, (label, width) in enumerate(shares):
            seed = net.subseed(self.seeds[0], "share", (y,) + label)
            self.out.put(f"share.{part}", net.expand(seed, count, width))
            self.out.put(f"correction.{part}", self.dealer.corr[(y,) + label])

    def trees(self, widths, y="y"):
        for number, (label, m) in enumerate(widths):
            put_tree(self.out, number, m, self.dealer.common[(y, label)])

    def run(self, hats, op, width, what=None):
        """Both parties' messages, their opening and their output shares."""
        running = []
        for p in (0, 1):
            d = self.dealer
            party = self.net.Party(
                p, self.seeds[p], self.hash_key, d.common, d.corr, self.versions[p], what
            )
            for name, hat in hats.items():
                party.w[name] = (hat, d.w[name][p], d.w[name][2])
            self.parties.append(party)
            running.append(getattr(party, op[0])(*op[1:]))
        if running[0] is not None:
            messages = [next(generator)[2] for generator in running]
            opened = [a ^ b for a, b in zip(*messages)]
            self.out.put("message0", messages[0])
            self.out.put("message1", messages[1])
            self.out.put("opened", opened)
            for generator in running:
                try:
                    generator.send(opened)
                except StopIteration:
                    pass
        mask = (1 << width) - 1
        for p in (0, 1):
            self.out.put(f"result{p}", [v & mask for v in self.parties[p].sh["y"]])


def relu_truncate(net, rnd, out, b, f, n, rounds):
    count = 4
    gate = Gate(net, rnd, out, f"reluTruncate_b{b}_f{f}_n{n}_{'round' if rounds else 'floor'}")
    for key, value in (("b", b), ("f", f), ("n", n), ("round", rounds)):
        out.put(key, value)
    hat = gate.wire("x", b + f, count)
    op = ("relutrunc", "y", "x", b, f, n, rounds)
    getattr(gate.dealer, op[0])(*op[1:])
    shares = [(("tau",), n), (("edtau",), n), (("ed",), n)]
    if f:
        shares += [(("ec",), n), (("edec",), n)]
    if n > b:
        shares += [(("tm",), n - b), (("edtm",), n - b)]
    gate.randomness(count, [("d",), ("c",)][: 2 if f else 1], shares, ["hi", "lo"][: 2 if f else 1])
    gate.trees([("hi", b - 1), ("lo", f)][: 2 if f else 1])
    gate.run({"x": hat}, op, n)


def truncate(net, rnd, out, b, f, n, rounds):
    count = 4
    gate = Gate(net, rnd, out, f"truncate_b{b}_f{f}_n{n}_{'round' if rounds else 'floor'}")
    for key, value in (("b", b), ("f", f), ("n", n), ("round", rounds)):
        out.put(key, value)
    hat = gate.wire("x", b + f, count)
    op = ("trunc", "y", "x", b, f, n, rounds)
    getattr(gate.dealer, op[0])(*op[1:])
    extends = n > b
    shares = [(("t",), n), (("ec",), n)] + ([(("ew",), n - b)] if extends else [])
    gate.randomness(count, [("c",), ("wb",)][: 1 + extends], shares, ["lo", "w"][: 1 + extends])
    gate.trees([("lo", f), ("w", b)][: 1 + extends])
    gate.run({"x": hat}, op, n)


def piecewise_linear(net, rnd, out, b, n, wire, pieces):
    count = 4
    gate = Gate(net, rnd, out, f"piecewiseLinear_b{b}_n{n}_{len(pieces)}_pieces")
    for key, value in (("b", b), ("n", n)):
        out.put(key, value)
    out.put("slopes", [slope for slope, _ in pieces])
    out.put("thresholds", [threshold for _, threshold in pieces])
    hat = gate.wire("x", wire, count)
    op = ("pwl", "y", "x", b, pieces, n)
    getattr(gate.dealer, op[0])(*op[1:])
    shares = [(label, n) for j in range(len(pieces)) for label in (("e", j), ("er", j))]
    gate.randomness(count, [("d", j) for j in range(len(pieces))], shares, ["hi"])
    gate.trees([("hi", b - 1)])
    gate.run({"x": hat}, op, n)


def multiply(net, rnd, out, n):
    count = 7
    gate = Gate(net, rnd, out, f"multiply_n{n}")
    out.put("n", n)
    hats = {name: gate.wire(name, n, count) for name in ("a", "b")}
    gate.dealer.mul("y", "a", "b", n)
    gate.randomness(count, [], [(("rarb",), n)], [])
    gate.run(hats, ("mul", "y", "a", "b", n), n)


def linear(net, rnd, out, rows, outputs, inner, n, wire):
    gate = Gate(net, rnd, out, f"linear_{rows}x{inner}x{outputs}_n{n}")
    for key, value in (("n", n), ("rows", rows), ("inner", inner), ("outputs", outputs)):
        out.put(key, value)

    def dense(w, x):
        return [
            sum(w[o * inner + k] * x[row * inner + k] for k in range(inner))
            for row in range(rows)
            for o in range(outputs)
        ]

    hat = gate.wire("x", wire, rows * inner)
    weights = outputs * inner
    biases = rows * outputs
    gate.dealer.linear("y", "x", "w", n, dense, weights, biases)
    gate.randomness(rows * outputs, [], [(("rWrx",), n)], [])
    masked = [[rnd.getrandbits(n) for _ in range(c)] for c in (weights, biases)]
    out.put("weights.masked", masked[0])
    out.put("bias.masked", masked[1])
    for p in (0, 1):
        for tag, key, size in (("W", "weights", weights), ("B", "bias", biases)):
            seed = net.subseed(gate.versions[p], tag, "w")
            out.put(f"{key}.mask{p}", net.expand(seed, size, n))
    op = ("linear", "y", "x", "w", n, dense, weights, biases)
    gate.run({"x": hat}, op, n, {"w": masked})


def table(net, rnd, out, m, n):
    """Only the looked up values: the Java gate evaluates another tree."""
    count = 5
    gate = Gate(net, rnd, out, f"table_m{m}_n{n}")
    entries = [rnd.getrandbits(n) for _ in range(1 << m)]
    for key, value in (("m", m), ("n", n), ("entries", entries)):
        out.put(key, value)
    hat = gate.wire("x", m + 3, count)
    op = ("lut", "y", "x", m, entries, n)
    getattr(gate.dealer, op[0])(*op[1:])
    gate.run({"x": hat}, op, n)


def gate_vectors(net, path):
    net.HT = net.COMPACT = True
    rnd = random.Random(20232)
    out = Writer()
    widths = [(2, 1), (3, 2), (4, 0), (8, 3), (9, 0), (9, 9), (16, 7), (24, 12), (32, 14), (63, 1)]
    for b, f in widths:
        for n in sorted({1, b, min(64, b + 1), min(64, b + f), min(64, b + 5), 64}):
            relu_truncate(net, rnd, out, b, f, n, 0)
            if f:
                relu_truncate(net, rnd, out, b, f, n, 1)
                truncate(net, rnd, out, b, f, n, 0)
                truncate(net, rnd, out, b, f, n, 1)
    relu_truncate(net, rnd, out, 2, 62, 64, 1)
    truncate(net, rnd, out, 2, 62, 64, 1)
    for b, n, wire, pieces in [
        (2, 2, 2, [(1, 0)]),
        (7, 7, 7, [(1, 0)]),
        (7, 12, 20, [(3, 0), (-2, 5), (1, -4)]),
        (9, 20, 20, [(1, -20), (-1, 50)]),
        (24, 36, 40, [(1, 0), (-1, 6 << 12)]),
        (64, 64, 64, [(-7, 1 << 40), (5, -(1 << 50))]),
    ]:
        piecewise_linear(net, rnd, out, b, n, wire, pieces)
    for n in (1, 8, 36, 63, 64):
        multiply(net, rnd, out, n)
    for rows, outputs, inner, n, wire in [(1, 5, 6, 36, 36), (3, 4, 2, 20, 24), (2, 3, 4, 64, 64)]:
        linear(net, rnd, out, rows, outputs, inner, n, wire)
    for m, n in [(1, 8), (3, 16), (6, 36), (8, 64)]:
        table(net, rnd, out, m, n)
    out.save(path)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.path.insert(0, sys.argv[1])
    sys.dont_write_bytecode = True
    import core
    import net

    folder = Path(sys.argv[2])
    dpf_vectors(core, folder / "dpf.txt")
    gate_vectors(net, folder / "gates.txt")


if __name__ == "__main__":
    main()
