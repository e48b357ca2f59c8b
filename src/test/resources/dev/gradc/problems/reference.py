"""
The values and derivatives of the problems in this folder, worked out by NumPy, the derivatives by complex steps:
f(x + ih) = f(x) + ih f'(x) for h so small that its square vanishes, without any cancellation.

    python3 reference.py

writes NAME.json, or NAME-CASE.json, beside each NAME.nn.
"""

import json
import math
import os

import numpy as np

STEP = 1e-150
random = np.random.default_rng(20)


def draw(*shape):
    return random.normal(size=shape)


# ---- Functions that NumPy lacks, or that must go on a complex step


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.log(1 + np.exp(x))


def softmax(x):
    w = np.exp(x - x.real.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True)


def log_sum_exp(x):
    m = x.real.max(-1)
    return m + np.log(np.exp(x - m[..., None]).sum(-1))


def relu(x):
    return np.where(x.real > 0, x, 0)


def atan2(y, x):
    return np.arctan2(y.real, x.real) + 1j * (x.real * y.imag - y.real * x.imag) / (abs(x) ** 2 + abs(y) ** 2)


def gelu(x):
    def entry(z):
        slope = math.exp(-z.real**2 / 2) * math.sqrt(2 / math.pi)
        return math.erf(z.real / math.sqrt(2)) + 1j * slope * z.imag

    return x * (1 + np.vectorize(entry, otypes=[complex])(x)) / 2


def length(v):
    return np.sqrt((v * v).sum())


def skew(w):
    return np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])


def rotation(w):
    s = (w * w).sum()
    if s == 0:
        return np.eye(3) + skew(w)
    t = np.sqrt(s)
    return np.eye(3) + np.sin(t) / t * skew(w) + (1 - np.cos(t)) / s * skew(w) @ skew(w)


def convolve(x, K, b, stride, padding):
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    size = K.shape[-1]
    rows, columns = ((n - size) // stride + 1 for n in x.shape[1:])
    y = np.zeros((len(K), rows, columns), complex)
    for i in range(rows):
        for j in range(columns):
            y[:, i, j] = np.tensordot(K, x[:, i * stride : i * stride + size, j * stride : j * stride + size], 3) + b
    return y


def pool(x, size, stride, f):
    rows, columns = ((n - size) // stride + 1 for n in x.shape[1:])
    return np.array(
        [
            [[f(c[i * stride : i * stride + size, j * stride : j * stride + size].ravel()) for j in range(columns)] for i in range(rows)]
            for c in x
        ]
    )


def largest(v):
    return v[np.argmax(v.real)]


# ---- Functions


def mixture(alphas, means, icf, x, gamma, m):
    K, D = means.shape
    N = len(x)
    L = np.zeros((K, D, D), complex)
    for k in range(K):
        rest = iter(icf[k, D:])
        L[k] += np.diag(np.exp(icf[k, :D]))
        for j in range(D):
            for i in range(j + 1, D):
                L[k, i, j] = next(rest)
    logs = icf[:, :D].sum(1)
    t = np.array([[alphas[k] + logs[k] - ((L[k] @ (x[n] - means[k])) ** 2).sum() / 2 for k in range(K)] for n in range(N)])
    n = D + m + 1
    log_gamma = D * (D - 1) / 4 * np.log(np.pi) + sum(math.lgamma((n - j) / 2) for j in range(D))
    wishart = gamma**2 / 2 * (L**2).sum() - m * logs.sum() - K * (n * D * (np.log(gamma) - np.log(2) / 2) - log_gamma)
    return -N * D * np.log(2 * np.pi) / 2 + log_sum_exp(t).sum() - N * log_sum_exp(alphas) + wishart


def bundle(cameras, X, w, seen, camera, point):
    def project(c, x):
        y = rotation(c[:3]) @ (x - c[3:6])
        p = y[:2] / y[2]
        s = (p * p).sum()
        return p * (1 + c[9] * s + c[10] * s * s) * c[6] + c[7:9]

    return np.array([w[o] * (project(cameras[camera[o]], X[point[o]]) - seen[o]) for o in range(len(w))]), 1 - w**2


def characters(main, extra, state, sequence):
    s = list(state)
    total = 0
    for t in range(len(sequence) - 1):
        x = sequence[t] * extra[0]
        for k in range(0, len(s), 2):
            w, b = main[k : k + 2]
            s[k + 1] = s[k + 1] * sigmoid(x * w[0] + b[0]) + sigmoid(s[k] * w[1] + b[1]) * np.tanh(s[k] * w[3] + b[3])
            x = s[k] = sigmoid(x * w[2] + b[2]) * np.tanh(s[k + 1])
        y = x * extra[1] + extra[2]
        total += (sequence[t + 1] * (y - np.log(2 + np.exp(y).sum()))).sum()
    return -total / sequence[1:].size


def slerp(p, q, t):
    d = (p * q).sum()
    s = -1 if d.real < 0 else 1
    a, b = 1 - t, t
    if (s * d).real <= 0.9995:
        theta = np.arccos(s * d)
        a, b = np.sin(a * theta) / np.sin(theta), np.sin(b * theta) / np.sin(theta)
    r = a * p + s * b * q
    return r / length(r)


def mul(a, b):
    vector = a[0] * b[1:] + b[0] * a[1:] + skew(a[1:]) @ b[1:]
    return np.concatenate([[a[0] * b[0] - (a[1:] * b[1:]).sum()], vector])


def quaternions(a, b, t):
    d = mul(a * [1, -1, -1, -1], b)
    s = (d[1:] ** 2).sum()
    v = t * (2 * atan2(np.sqrt(s), d[0]) / np.sqrt(s) if s != 0 else 2 / d[0]) * d[1:]
    s = (v * v).sum()
    angle = np.sqrt(s)
    # cos(√s/2) and sin(√s/2)/√s are smooth in s: their series where there is no root to divide by.
    real, k = (np.cos(angle / 2), np.sin(angle / 2) / angle) if s != 0 else (1 - s / 8, 0.5 - s / 48)
    return mul(a, np.concatenate([[real], k * v]))


def inertial(gyro, force, gyroBias, forceBias, dt):
    R, v, p = np.eye(3), np.zeros(3), np.zeros(3)
    for k in range(len(gyro)):
        a = R @ (force[k] - forceBias)
        R, v, p = R @ rotation((gyro[k] - gyroBias) * dt), v + a * dt, p + v * dt + a * dt**2 / 2
    return R, v, p


def hand(root, shift, angles, offset, weights, skin, points, match):
    # The derivative is asked for at root = 0, where the problem's own choice of side makes it 0 in root.
    R = np.eye(3) if not root.real.any() else rotation(root)
    o = shift
    posed = 0
    for k in range(len(angles)):
        x, y, z = angles[k]
        o = o + R @ offset[k]
        R = R @ rotation(z * np.array([0, 0, 1])) @ rotation(y * np.array([0, 1, 0])) @ rotation(x * np.array([1, 0, 0]))
        posed = posed + weights[k][:, None] * (skin @ R.T + o)
    return points - posed[match]


def markov(start, A, B, y):
    a = start + B[:, y[0]]
    for seen in y[1:]:
        a = B[:, seen] + log_sum_exp((a[:, None] + A).T)
    return log_sum_exp(a)


def kalman(z, q, r, x0, p0):
    x, p, total = x0, p0, 0
    for seen in z:
        m = p + q
        s = m + r
        total -= (np.log(2 * np.pi * s) + (seen - x) ** 2 / s) / 2
        x, p = x + m / s * (seen - x), (1 - m / s) * m
    return total


def extrema(x, M):
    survival = [np.prod(1 - x[:i] ** 2) for i in range(4)]
    peak = [largest(x[: i + 1]) for i in range(4)]
    return sum(a * b for a, b in zip(survival, peak)) + sum(largest(row) ** 2 for row in M) * largest(x)


# ---- Networks, for one example: the loss and the outputs


def warping(x, y, gamma):
    R = np.full((6, 5), 1e3 + 0j)
    R[0, 0] = 0
    for i in range(5):
        for j in range(4):
            costs = np.stack([R[i, j + 1], R[i + 1, j], R[i, j]])
            R[i + 1, j + 1] = np.sum((x[i] - y[j]) ** 2) - gamma * log_sum_exp(-costs / gamma)
    return R[5, 4]


def ctc(scores, label):
    logs = scores - log_sum_exp(scores)[:, None]
    extended = [3, label[0], 3, label[1], 3]
    state = np.full(5, -1e30 + 0j)
    state[:2] = logs[0, extended[:2]]
    for row in logs[1:]:
        before = np.concatenate([[-1e30, -1e30], state])
        skips = [s % 2 == 1 and s > 1 and extended[s] != extended[s - 2] for s in range(5)]
        ways = np.stack([state, before[1:6], np.where(skips, before[:5], -1e30)], -1)
        state = log_sum_exp(ways) + row[extended]
    return -log_sum_exp(state[3:])


def descent(start, a, rate):
    x = start
    for _ in range(4):
        x = x - rate * (4 * a * x**3 - 2 * x)
    return np.sum(a * x**4 - x**2)


def schedules(rate, low):
    """StepLR, ExponentialLR, LinearLR, PolynomialLR, CosineAnnealingLR and CosineAnnealingWarmRestarts as torch.optim documents them."""

    def cosine(t):
        return low + (rate - low) * (1 + math.cos(math.pi * t)) / 2

    def row(epoch):
        left = max(20 - epoch, 0) / 20
        return [
            rate,
            rate * 0.5 ** (epoch // 7),
            rate * 0.9**epoch,
            rate / (1 + 0.1 * epoch),
            low + (rate - low) * left,
            low + (rate - low) * left**3,
            cosine(min(epoch, 20) / 20),
            cosine(epoch % 8 / 8),
            min(epoch + 1, 5) / 5,
            rate * (epoch + 1) / 5 if epoch < 5 else cosine(min(epoch - 4, 16) / 16),
            rate * math.sqrt(6) * min((epoch + 1) ** -0.5, (epoch + 1) * 6**-1.5),
        ]

    return np.array([row(epoch) for epoch in range(25)])


def dense(W, name, x):
    return W[name + ".W"] @ x + W[name + ".b"]


def translator(W, d):
    h = [np.zeros(3)]
    for x in d["x"]:
        h.append(np.tanh(W["A"] @ x + W["B"] @ h[-1]))
    h = np.array(h[1:])
    s = h[-1]
    o = []
    for _ in range(3):
        m = softmax(h @ W["Q"] @ s) @ h
        s = np.tanh(W["C"] @ np.concatenate([m, s]) + W["c"])
        o.append(W["v"] @ s)
    return ((o - d["y"]) ** 2).sum(), {"o": np.array(o)}


def oscillator(W, d):
    def field(s):
        return W["B"] @ np.tanh(W["A"] @ s)

    s, h, path = d["s0"], 0.1, []
    for _ in range(6):
        k1 = field(s)
        k2 = field(s + h / 2 * k1)
        k3 = field(s + h / 2 * k2)
        s = s + h / 6 * (k1 + 2 * k2 + 2 * k3 + field(s + h * k3))
        path.append(s)
    return ((s - d["y"]) ** 2).sum(), {"s": np.array(path)}


def adversaries(W, d):
    fake = dense(W, "G.out", relu(dense(W, "G.h", d["z"])))
    real, made = (dense(W, "D.o", np.tanh(dense(W, "D.h", x)))[0] for x in (d["real"], fake))
    return {"discriminator": softplus(-real) + softplus(made), "generator": softplus(-made)}, {"fake": fake}


def learner(W, d):
    fast = W["w"] - 0.1 * 2 * (W["w"] @ d["x"] - d["y"]) * d["x"]
    return (fast @ d["x2"] - d["y2"]) ** 2, {"o": fast @ d["x2"]}


def convolution(W, d):
    p = pool(relu(convolve(d["x"], W["a.K"], W["a.b"], 1, 1)), 2, 2, largest)
    q = pool(np.tanh(convolve(p, W["c.K"], W["c.b"], 2, 1)), 2, 1, np.mean)
    z = dense(W, "z", q.ravel())
    return log_sum_exp(z) - z[d["label"]], {"z": z}


def transformer(W, d):
    x = d["x"]
    n = W["n.gain"] * (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5) + W["n.bias"]
    q, k, v = np.split(n @ W["a.W"].T + W["a.b"], 3, 1)
    heads = []
    for part in (slice(0, 2), slice(2, 4)):
        scores = q[:, part] @ k[:, part].T / np.sqrt(2)
        heads.append(softmax(np.where(np.tri(5) > 0, scores, -1e300)) @ v[:, part])
    h = x + np.concatenate(heads, 1) @ W["a.Wo"].T + W["a.bo"]
    f = gelu(h @ W["f.dense1.W"].T + W["f.dense1.b"]) @ W["f.dense2.W"].T + W["f.dense2.b"]
    p = softmax((h + f) @ W["p.W"].T + W["p.b"])
    return -np.log(p[np.arange(5), d["y"]]).mean(), {"p": p}


def graph(W, d):
    h = np.tanh(d["x"] @ W["W"].T)
    m = np.zeros((4, 3), complex)
    for start, end in d["edge"]:
        m[end] += h[start]
    return ((m @ W["v"] - d["y"]) ** 2).sum(), {"o": m @ W["v"]}


def surrogate(W, d):
    t = np.tanh(W["A"] @ d["p"] + W["b"])
    slope = 1 - t**2
    g = (W["v"] * slope) @ W["A"]
    bend = (W["v"] * -2 * t * slope) @ W["A"][:, 0] ** 2
    return (g[1] - 0.3 * bend) ** 2 + 0.1 * (g**2).sum(), {"u": W["v"] @ t}


def tower(W, d):
    states = [np.zeros(3)] * 3
    for x in d["x"]:
        below = np.tanh(W["A"] @ x + W["F"] @ states[2])
        for k in range(3):
            below = states[k] = np.tanh(W["W"][k] @ below + W["U"][k] @ states[k])
    return np.sum((below - d["y"]) ** 2), {"o": below}


def cells(W, d):
    h, c = [np.zeros(2)] * 2, [np.zeros(2)] * 2
    for x in d["x"]:
        below = W["A"] @ x
        for k in range(2):
            i, f, g, o = np.split(W["W"][k] @ below + W["U"][k] @ h[k] + W["b"][k], 4)
            c[k] = sigmoid(f) * c[k] + sigmoid(i) * np.tanh(g)
            below = h[k] = sigmoid(o) * np.tanh(c[k])
    o = W["v"] @ h[1]
    return (o - d["y"]) ** 2, {"o": o}


def process(x, y, scale, height, noise):
    A = height**2 * np.exp(-((x[:, None] - x) ** 2) / (2 * scale**2)) + noise**2 * np.eye(5)
    L = np.zeros((5, 5), complex)
    for j in range(5):
        L[j, j] = np.sqrt(A[j, j] - (L[j, :j] ** 2).sum())
        L[j + 1 :, j] = (A[j + 1 :, j] - L[j + 1 :, :j] @ L[j, :j]) / L[j, j]
    a = np.linalg.solve(L, y)
    return (a * a).sum() / 2 + np.log(np.diag(L)).sum() + 5 / 2 * np.log(2 * np.pi)


def routing(W, d):
    p = np.einsum("ijkl,il->ijk", W["W"], d["u"])
    b = np.zeros((4, 2), complex)
    for _ in range(3):
        s = np.einsum("ij,ijk->jk", softmax(b), p)
        squares = (s * s).sum(1, keepdims=True)
        v = np.sqrt(squares) / (1 + squares) * s
        b = b + np.einsum("ijk,jk->ij", p, v)
    n = np.sqrt((v * v).sum(1))
    return (d["y"] * relu(0.9 - n) ** 2 + 0.5 * (1 - d["y"]) * relu(n - 0.1) ** 2).sum(), {"length": n}


def tagger(W, d):
    e = d["x"] @ W["e.W"].T + W["e.b"]
    y = d["y"]
    a = e[0]
    for t in range(1, 5):
        a = log_sum_exp(a + W["A"].T) + e[t]
    return log_sum_exp(a) - e[np.arange(5), y].sum() - W["A"][y[:-1], y[1:]].sum(), {"e": e}


def segmentation(W, d):
    a = relu(convolve(d["x"], W["a.K"], W["a.b"], 1, 1))
    b = relu(convolve(pool(a, 2, 2, largest), W["b.K"], W["b.b"], 1, 1))
    u = np.zeros((2, 4, 4), complex)
    for i, j in np.ndindex(2, 2):
        u[:, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = np.tensordot(b[:, i, j], W["u.K"], 1)
    p = sigmoid(convolve(np.concatenate([a, u]), W["m.K"], W["m.b"], 1, 0)[0])
    y = d["y"]
    dice = 1 - (2 * (p * y).sum() + 1) / (p.sum() + y.sum() + 1)
    focal = -(y * (1 - p) ** 2 * np.log(p) + (1 - y) * p**2 * np.log(1 - p))
    return dice + focal.mean(), {"mask": p}


# ---- Derivatives and files


def partials(f, arguments):
    """For each floating-point argument the derivatives of all results of f: of the shape of the result, then of the argument."""
    found = {}
    for name, value in arguments.items():
        value = np.asarray(value)
        if value.dtype.kind != "i":
            columns = []
            for place in np.ndindex(value.shape):
                moved = value.astype(complex)
                moved[place] += STEP * 1j
                columns.append([np.imag(part) / STEP for part in f({**arguments, name: moved})])
            found[name] = [np.stack(parts, -1).reshape(parts[0].shape + value.shape) for parts in zip(*columns)]
    return found


def write(name, entries):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, name + ".json"), "w") as file:
        lines = [f"  {json.dumps(key)}: {json.dumps(np.asarray(value).tolist())}" for key, value in entries.items()]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


def function(f, case="", **arguments):
    def results(given):
        value = f(**given)
        return [np.asarray(part) for part in (value if isinstance(value, tuple) else (value,))]

    arguments = {key: np.asarray(value) for key, value in arguments.items()}
    entries = {f"argument {key}": value for key, value in arguments.items()}
    values = results(arguments)
    for k, value in enumerate(values):
        entries[f"value {k}"] = np.real(value)
    for key, parts in partials(results, arguments).items():
        for k, part in enumerate(parts):
            entries[f"derivative {k} {key}"] = part
    write(f.__name__ + case, entries)


def network(f, weights, data, trains=None):
    """trains: which loss trains which parameters, of several."""
    count = len(next(iter(data.values())))

    def batch(given):
        examples = [f(given, {key: value[k] for key, value in data.items()}) for k in range(count)]
        losses = [loss if isinstance(loss, dict) else {"": loss} for loss, _ in examples]
        mean = {key: sum(loss[key] for loss in losses) / count for key in losses[0]}
        return mean, {key: np.array([outputs[key] for _, outputs in examples]) for key in examples[0][1]}

    losses, outputs = batch(weights)
    entries = {f"weight {key}": value for key, value in weights.items()}
    entries |= {f"data {key}": value for key, value in data.items()}
    entries |= {f"loss {key}".strip(): np.real(loss) for key, loss in losses.items()}
    entries |= {f"output {key}": np.real(value) for key, value in outputs.items()}
    for k, loss in enumerate(losses):
        for key, parts in partials(lambda given: [np.asarray(x) for x in batch(given)[0].values()], weights).items():
            if trains is None or key.startswith(trains[loss]):
                entries[f"gradient {key}"] = parts[k]
    write(f.__name__, entries)


def unit(*v):
    return np.array(v) / np.linalg.norm(v)


def labels(high, *shape):
    return random.integers(0, high, shape)


function(mixture, alphas=draw(3), means=draw(3, 4), icf=draw(3, 10), x=draw(5, 4), gamma=1.3, m=2)
camera = np.concatenate([draw(3) / 2, draw(3), [2.5, 0.1, 0.2, 0.05, 0.01]])
still = np.concatenate([np.zeros(3), camera[3:]])
function(
    bundle,
    cameras=np.array([camera, still]),
    X=draw(4, 3) + [0, 0, 6],
    w=draw(6),
    seen=draw(6, 2),
    camera=np.array([0, 1, 0, 1, 1, 0]),
    point=np.array([0, 1, 2, 3, 0, 3]),
)
function(characters, main=draw(4, 4, 3), extra=draw(3, 3), state=draw(4, 3), sequence=np.eye(3)[labels(3, 6)])
p, q = unit(*draw(4)), unit(*draw(4))
function(slerp, "-far", p=p, q=q, t=0.3)
function(slerp, "-near", p=p, q=unit(*(p + [0, 1e-3, -2e-3, 0])), t=0.3)
function(slerp, "-opposite", p=p, q=unit(*(-p + [0, 1e-3, -2e-3, 0])), t=0.3)
function(quaternions, "-far", a=p, b=q, t=0.3)
function(quaternions, "-same", a=[1.0, 0, 0, 0], b=[1.0, 0, 0, 0], t=0.3)
function(inertial, "-moving", gyro=draw(4, 3), force=draw(4, 3), gyroBias=draw(3) / 9, forceBias=draw(3) / 9, dt=0.1)
function(inertial, "-still", gyro=np.full((4, 3), 0.25), force=draw(4, 3), gyroBias=np.full(3, 0.25), forceBias=draw(3), dt=0.1)
for case, root in (("-turned", draw(3)), ("-straight", np.zeros(3))):
    function(
        hand,
        case,
        root=root,
        shift=draw(3),
        angles=draw(4, 3),
        offset=draw(4, 3),
        weights=draw(4, 6),
        skin=draw(6, 3),
        points=draw(5, 3),
        match=np.array([0, 5, 2, 2, 3]),
    )
network(
    translator,
    {"A": draw(3, 2), "B": draw(3, 3), "Q": draw(3, 3), "C": draw(3, 6), "c": draw(3), "v": draw(3)},
    {"x": draw(3, 4, 2), "y": draw(3, 3)},
)
network(oscillator, {"A": draw(4, 2), "B": draw(2, 4)}, {"s0": draw(2, 2), "y": draw(2, 2)})
network(
    adversaries,
    {
        "G.h.W": draw(3, 2),
        "G.h.b": draw(3),
        "G.out.W": draw(2, 3),
        "G.out.b": draw(2),
        "D.h.W": draw(4, 2),
        "D.h.b": draw(4),
        "D.o.W": draw(1, 4),
        "D.o.b": draw(1),
    },
    {"z": draw(3, 2), "real": draw(3, 2)},
    {"discriminator": "D", "generator": "G"},
)
network(learner, {"w": draw(3)}, {"x": draw(4, 3), "y": draw(4), "x2": draw(4, 3), "y2": draw(4)})
network(
    convolution,
    {"a.K": draw(3, 2, 3, 3), "a.b": draw(3), "c.K": draw(4, 3, 2, 2), "c.b": draw(4), "z.W": draw(3, 4), "z.b": draw(3)},
    {"x": draw(3, 2, 7, 6), "label": labels(3, 3)},
)
network(
    transformer,
    {
        "n.gain": draw(4),
        "n.bias": draw(4),
        "a.W": draw(12, 4),
        "a.b": draw(12),
        "a.Wo": draw(4, 4),
        "a.bo": draw(4),
        "f.dense1.W": draw(6, 4),
        "f.dense1.b": draw(6),
        "f.dense2.W": draw(4, 6),
        "f.dense2.b": draw(4),
        "p.W": draw(3, 4),
        "p.b": draw(3),
    },
    {"x": draw(2, 5, 4), "y": labels(3, 2, 5)},
)
network(graph, {"W": draw(3, 2), "v": draw(3)}, {"x": draw(2, 4, 2), "edge": labels(4, 2, 5, 2), "y": draw(2, 4)})
network(surrogate, {"A": draw(4, 2), "b": draw(4), "v": draw(4)}, {"p": draw(3, 2)})
function(markov, start=draw(3), A=draw(3, 3), B=draw(3, 4), y=np.array([0, 3, 1, 1, 2]))
function(kalman, z=draw(6), q=0.1, r=0.5, x0=0.2, p0=1.0)
function(extrema, x=draw(4) / 2, M=draw(3, 4))
function(warping, x=draw(5, 2), y=draw(4, 2), gamma=0.7)
network(
    tower,
    {"A": draw(3, 2), "W": draw(3, 3, 3), "U": draw(3, 3, 3), "F": draw(3, 3)},
    {"x": draw(2, 5, 2), "y": draw(2, 3)},
)
function(schedules, rate=0.3, low=0.02)
function(ctc, "-different", scores=draw(6, 4), label=np.array([1, 2]))
function(ctc, "-same", scores=draw(6, 4), label=np.array([2, 2]))
network(
    cells,
    {"A": draw(2, 3), "W": draw(2, 8, 2), "U": draw(2, 8, 2), "b": draw(2, 8), "v": draw(2)},
    {"x": draw(3, 4, 3), "y": draw(3)},
)
function(descent, start=draw(3) / 2, a=np.array([0.6, 0.9, 0.7]), rate=0.05)
function(process, x=draw(5), y=draw(5), scale=0.8, height=1.1, noise=0.3)
network(routing, {"W": draw(4, 2, 2, 3) / 2}, {"u": draw(2, 4, 3), "y": np.eye(2)})
network(tagger, {"A": draw(3, 3), "e.W": draw(3, 4), "e.b": draw(3)}, {"x": draw(2, 5, 4), "y": labels(3, 2, 5)})
network(
    segmentation,
    {
        "a.K": draw(2, 1, 3, 3) / 3,
        "a.b": draw(2) / 3,
        "b.K": draw(3, 2, 3, 3) / 3,
        "b.b": draw(3) / 3,
        "u.K": draw(3, 2, 2, 2) / 3,
        "m.K": draw(1, 4, 1, 1) / 3,
        "m.b": draw(1) / 3,
    },
    {"x": draw(2, 1, 4, 4), "y": labels(2, 2, 4, 4) * 1.0},
)
