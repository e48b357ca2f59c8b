# What PyTorch has in the place of the library's rows, as TorchScript: the text that PyTorch keeps of a module and runs without Python.
# Shapes and numbers are those of the .nn files in src/test/resources/dev/gradc/pytorch, a method for each function and network.
class Peer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def activations(self: __torch__.Peer, x: Tensor) -> List[Tensor]:
    return [torch.relu(x), torch.leaky_relu(x, 0.01), torch.elu(x, 1, 1, 1), torch.selu(x), torch.softplus(x, 1, 20),
      torch.div(x, torch.add(torch.abs(x), 1)), torch.silu(x), torch.gelu(x), torch.mish(x), torch.div(torch.clamp(torch.add(x, 3), 0, 6), 6),
      torch.hardswish(x), torch.sigmoid(x), torch.tanh(x), torch.erf(x), torch.softmax(x, 0), torch.log_softmax(x, 0),
      torch.logsumexp(x, [0]), torch.log1p(torch.mul(x, x)), torch.expm1(x), torch.asinh(x),
      torch.lgamma(torch.add(torch.mul(x, x), 1))]

  def losses(self: __torch__.Peer, o: Tensor, y: Tensor, k: Tensor) -> List[Tensor]:
    s = torch.sign(y)
    zero = torch.zeros_like(o)
    return [torch.mse_loss(o, y, 2), torch.mse_loss(o, y, 1), torch.l1_loss(o, y, 2), torch.huber_loss(o, y, 2, 1.), torch.huber_loss(o, y, 2, 0.4),
      torch.binary_cross_entropy_with_logits(o, torch.sigmoid(y), None, None, 2), torch.cross_entropy_loss(o, k),
      torch.cross_entropy_loss(o, torch.softmax(y, 0)), torch.margin_ranking_loss(o, zero, s, 1., 2), torch.margin_ranking_loss(o, zero, s, 0., 2),
      torch.sub(torch.max(o), torch.squeeze(torch.index_select(o, 0, torch.reshape(k, [1])))),
      torch.kl_div(torch.log_softmax(o, 0), torch.softmax(y, 0), 2)]

  def feedforward(self: __torch__.Peer, hW: Tensor, hb: Tensor, gain: Tensor, bias: Tensor, mW: Tensor, mb: Tensor, zW: Tensor, zb: Tensor,
      x: Tensor, label: Tensor) -> List[Tensor]:
    h = torch.layer_norm(torch.tanh(torch.linear(x, hW, hb)), [6], gain, bias, 1e-05)
    pieces = torch.linear(h, torch.reshape(mW, [10, 6]), torch.reshape(mb, [10]))
    z = torch.linear(torch.amax(torch.reshape(pieces, [-1, 5, 2]), [2]), zW, zb)
    return [torch.cross_entropy_loss(z, label), torch.softmax(z, 1)]

  def convolutional(self: __torch__.Peer, aK: Tensor, ab: Tensor, cK: Tensor, cb: Tensor, x: Tensor, s: Tensor) -> List[Tensor]:
    a = torch.relu(torch.conv2d(x, aK, ab, [2, 2], [1, 1]))
    m = torch.max_pool2d(a, [2, 2], [1, 1])
    v = torch.avg_pool2d(m, [2, 2])
    c = torch.tanh(torch.conv1d(s, cK, cb, [2], [1]))
    loss = torch.div(torch.add(torch.sum(torch.pow(v, 2)), torch.sum(torch.pow(c, 3))), torch.size(x, 0))
    return [loss, a, m, v, c]

  def recurrent(self: __torch__.Peer, aW: Tensor, aU: Tensor, ab: Tensor, gW: Tensor, gU: Tensor, gb: Tensor, hW: Tensor, hU: Tensor, hb: Tensor,
      x: Tensor, y: Tensor) -> List[Tensor]:
    batch = torch.size(x, 0)
    a, _0 = torch.rnn_tanh(x, torch.new_zeros(x, [1, batch, 4]), [aW, aU, ab, torch.zeros_like(ab)], True, 1, 0., True, False, True)
    g, _1 = torch.gru(a, torch.new_zeros(x, [1, batch, 3]), [gW, gU, gb, torch.zeros_like(gb)], True, 1, 0., True, False, True)
    start = torch.new_zeros(x, [1, batch, 2])
    h, _2, _3 = torch.lstm(g, [start, start], [hW, hU, hb, torch.zeros_like(hb)], True, 1, 0., True, False, True)
    loss = torch.div(torch.mse_loss(torch.select(h, 1, 4), y, 2), batch)
    return [loss, a, g, h]

  def heads(self: __torch__.Peer, x: Tensor, W: Tensor, b: Tensor, Wo: Tensor, bo: Tensor, heads: int, causal: bool) -> Tensor:
    batch, steps, width = torch.size(x, 0), torch.size(x, 1), torch.size(x, 2)
    parts = torch.chunk(torch.linear(x, W, b), 3, 2)
    q = torch.transpose(torch.reshape(parts[0], [batch, steps, heads, -1]), 1, 2)
    k = torch.transpose(torch.reshape(parts[1], [batch, steps, heads, -1]), 1, 2)
    v = torch.transpose(torch.reshape(parts[2], [batch, steps, heads, -1]), 1, 2)
    mixed = torch.transpose(torch.scaled_dot_product_attention(q, k, v, None, 0., causal), 1, 2)
    return torch.linear(torch.reshape(mixed, [batch, steps, width]), Wo, bo)

  def attentive(self: __torch__.Peer, eW: Tensor, aW: Tensor, ab: Tensor, aWo: Tensor, abo: Tensor, gain: Tensor, bias: Tensor,
      cW: Tensor, cb: Tensor, cWo: Tensor, cbo: Tensor, token: Tensor, y: Tensor) -> List[Tensor]:
    a = (self).heads(torch.embedding(eW, token), aW, ab, aWo, abo, 2, False)
    c = (self).heads(torch.layer_norm(a, [4], gain, bias, 1e-05), cW, cb, cWo, cbo, 4, True)
    return [torch.mse_loss(c, y, 1), a, c]

  def divided(self: __torch__.Peer, before: Tensor, after: Tensor, momentum: float, count: int) -> Tensor:
    # PyTorch divides the variance of a batch by count - 1 before it moves the running one by it.
    kept = torch.mul(before, momentum)
    return torch.add(kept, torch.mul(torch.sub(after, kept), torch.div(count - 1, count)))

  def normalize(self: __torch__.Peer, weights: List[Tensor], x: Tensor, z: Tensor, y: Tensor, training: bool) -> List[Tensor]:
    aMean, aVariance = torch.clone(torch.detach(weights[2])), torch.clone(torch.detach(weights[3]))
    bMean, bVariance = torch.clone(torch.detach(weights[6])), torch.clone(torch.detach(weights[7]))
    a = torch.batch_norm(x, weights[0], weights[1], aMean, aVariance, training, 0.1, 1e-05, False)
    b = torch.batch_norm(z, weights[4], weights[5], bMean, bVariance, training, 0.2, 0.001, False)
    batch = torch.size(x, 0)
    loss = torch.div(torch.add(torch.mse_loss(a, y, 2), torch.sum(torch.pow(b, 3))), batch)
    return [loss, a, b, aMean, (self).divided(weights[3], aVariance, 0.9, batch), bMean,
      (self).divided(weights[7], bVariance, 0.8, torch.mul(torch.mul(batch, torch.size(z, 2)), torch.size(z, 3)))]

  def normalized(self: __torch__.Peer, aGain: Tensor, aBias: Tensor, aMean: Tensor, aVariance: Tensor,
      bGain: Tensor, bBias: Tensor, bMean: Tensor, bVariance: Tensor, x: Tensor, z: Tensor, y: Tensor) -> List[Tensor]:
    return (self).normalize([aGain, aBias, aMean, aVariance, bGain, bBias, bMean, bVariance], x, z, y, False)[:3]

  def normalizedInTraining(self: __torch__.Peer, aGain: Tensor, aBias: Tensor, aMean: Tensor, aVariance: Tensor,
      bGain: Tensor, bBias: Tensor, bMean: Tensor, bVariance: Tensor, x: Tensor, z: Tensor, y: Tensor) -> List[Tensor]:
    return (self).normalize([aGain, aBias, aMean, aVariance, bGain, bBias, bMean, bVariance], x, z, y, True)

  def dropped(self: __torch__.Peer, W: Tensor, b: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    h = torch.dropout(torch.linear(x, W, b), 0.4, False)
    o = torch.dropout(torch.stack([h, torch.narrow(x, 1, 0, 3)], 1), 0.2, False)
    return [torch.div(torch.add(torch.sum(torch.pow(o, 2)), torch.mse_loss(h, y, 2)), torch.size(x, 0)), o]

  def slope(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> Tensor:
    return torch.div(torch.mv(torch.t(x), torch.mul(torch.sub(torch.mv(x, w), y), 2)), torch.size(x, 0))

  def descend(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor, momentum: float, nesterov: bool) -> List[Tensor]:
    v = torch.zeros_like(w)
    for k in range(7):
      _0, _1, _2 = torch._fused_sgd([w], [(self).slope(w, x, y)], [v], weight_decay=0., momentum=momentum, lr=0.05, dampening=0.,
        nesterov=nesterov, maximize=False, is_first_step=torch.eq(k, 0))
      w, v = _0[0], _2[0]
    return [w]

  def sgd(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    for k in range(7):
      _0, _1, _2 = torch._fused_sgd([w], [(self).slope(w, x, y)], [], weight_decay=0., momentum=0., lr=0.05, dampening=0.,
        nesterov=False, maximize=False, is_first_step=torch.eq(k, 0))
      w = _0[0]
    return [w]

  def momentum(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    return (self).descend(w, x, y, 0.8, False)

  def nesterov(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    return (self).descend(w, x, y, 0.8, True)

  def adagrad(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    s = torch.zeros_like(w)
    for k in range(7):
      _0, _1, _2, _3 = torch._fused_adagrad([w], [(self).slope(w, x, y)], [s], [(self).count(k)], lr=0.1, lr_decay=0., weight_decay=0.,
        eps=1e-10, maximize=False)
      w, s = _0[0], _2[0]
    return [w]

  # The one optimiser that PyTorch has in Python only: the operations of torch.optim.RMSprop.
  def rmsprop(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    s = torch.zeros_like(w)
    for k in range(7):
      g = (self).slope(w, x, y)
      s = torch.addcmul(torch.mul(s, 0.9), g, g, value=0.1)
      w = torch.addcdiv(w, g, torch.add(torch.sqrt(s), 1e-08), value=-0.02)
    return [w]

  def count(self: __torch__.Peer, k: int) -> Tensor:
    return torch.full([], k + 1, dtype=6)

  def adam(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    m, v = torch.zeros_like(w), torch.zeros_like(w)
    for k in range(7):
      _0, _1, _2, _3, _4 = torch._fused_adam([w], [(self).slope(w, x, y)], [m], [v], [], [(self).count(k)], lr=0.03, beta1=0.8, beta2=0.95,
        weight_decay=0., eps=1e-08, amsgrad=False, maximize=False)
      w, m, v = _0[0], _2[0], _3[0]
    return [w]

  def adamW(self: __torch__.Peer, w: Tensor, x: Tensor, y: Tensor) -> List[Tensor]:
    m, v = torch.zeros_like(w), torch.zeros_like(w)
    for k in range(7):
      _0, _1, _2, _3, _4 = torch._fused_adamw([w], [(self).slope(w, x, y)], [m], [v], [], [(self).count(k)], lr=0.03, beta1=0.9, beta2=0.999,
        weight_decay=0.2, eps=1e-08, amsgrad=False, maximize=False)
      w, m, v = _0[0], _2[0], _3[0]
    return [w]
