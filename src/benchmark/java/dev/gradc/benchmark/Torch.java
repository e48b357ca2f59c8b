package dev.gradc.benchmark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The same networks in PyTorch, called through DJL operation by operation: what its own layers do, without their overhead. They start
 * from the weights of the compiled network, which are laid out alike.
 */
final class Torch implements Model {

    private final Network work;
    private final NDManager manager;

    /** In the order of the source. */
    private final NDList weights = new NDList();

    /** PyTorch's second bias of the recurrent layer: zero, and not trained. */
    private final NDArray noBias;

    Torch(Network work, int threads) {
        // Read once, when the library is loaded.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        this.work = work;
        manager = NDManager.newBaseManager();
        for (Compiled.Weights parameter : Compiled.weights(work)) {
            long[] shape = Arrays.stream(parameter.shape()).mapToLong(n -> n).toArray();
            weights.add(manager.create(parameter.values(), new Shape(shape.length == 0 ? new long[] {1} : shape)));
        }
        noBias = manager.zeros(new Shape(4 * 64));
    }

    @Override
    public Step training() {
        weights.forEach(weight -> weight.setRequiresGradient(true));
        NDArray x = manager.create(work.examples(), shape(work.batch));
        NDArray y = work.classes == 2
                ? manager.create(work.targets(), new Shape(work.batch, 1))
                : manager.create(Arrays.stream(work.labels()).asLongStream().toArray(), new Shape(work.batch, 1));
        return () -> step(x, y);
    }

    private float step(NDArray x, NDArray y) {
        try (NDManager temporary = manager.newSubManager()) {
            temporary.tempAttachAll(x, y);
            NDArray loss;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scores = scores(x);
                loss = work.classes == 2
                        // -(y*log(p) + (1-y)*log(1-p)) with p = sigmoid(scores)
                        ? Activation.softPlus(scores).sub(scores.mul(y)).mean()
                        : scores.logSoftmax(1).gather(y, 1).mean().neg();
                collector.backward(loss);
            }
            for (NDArray weight : weights) {
                try (NDArray gradient = weight.getGradient()) {
                    // Plain: no decay, factor 1, nothing clipped, no momentum. It also resets the gradient to 0.
                    weight.getNDArrayInternal()
                            .sgdUpdate(
                                    new NDList(weight, gradient), new NDList(weight), Network.RATE, 0, 1, -1, 0, true);
                }
            }
            return loss.getFloat();
        }
    }

    @Override
    public Answer inference() {
        return example -> {
            try (NDManager temporary = manager.newSubManager()) {
                return scores(temporary.create(example, shape(1))).softmax(1).toFloatArray();
            }
        };
    }

    private Shape shape(int batch) {
        return switch (work) {
            case CONVOLUTIONS_32 -> new Shape(batch, 1, 28, 28);
            case SEQUENCES_32 -> new Shape(batch, 20, 32);
            default -> new Shape(batch, work.inputs);
        };
    }

    /** What the last layer gives before softmax or sigmoid. */
    private NDArray scores(NDArray x) {
        Iterator<NDArray> parameters = weights.iterator();
        return switch (work) {
            case TINY_32, FLOWERS_1 -> dense(Activation.tanh(dense(x, parameters)), parameters);
            case IMAGES_1, IMAGES_32, IMAGES_128 -> dense(Activation.relu(dense(x, parameters)), parameters);
            case DEEP_IMAGES_128 -> {
                NDArray h = Activation.relu(dense(x, parameters));
                yield dense(Activation.relu(dense(h, parameters)), parameters);
            }
            case CONVOLUTIONS_32 -> {
                NDArray h = pool(Activation.relu(convolution(x, parameters)));
                h = pool(Activation.relu(convolution(h, parameters)));
                yield dense(h.reshape(work.batch, 256), parameters);
            }
            case SEQUENCES_32 -> dense(lastOutput(x, parameters), parameters);
        };
    }

    private static NDArray dense(NDArray x, Iterator<NDArray> parameters) {
        return Linear.linear(x, parameters.next(), parameters.next()).singletonOrThrow();
    }

    private static NDArray convolution(NDArray x, Iterator<NDArray> parameters) {
        return Conv2d.conv2d(x, parameters.next(), parameters.next()).singletonOrThrow();
    }

    private static NDArray pool(NDArray x) {
        return Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
    }

    private NDArray lastOutput(NDArray x, Iterator<NDArray> parameters) {
        NDArray start = x.getManager().zeros(new Shape(1, work.batch, 64));
        NDList gates = new NDList(parameters.next(), parameters.next(), parameters.next(), noBias);
        // One layer with biases, no dropout, training, one direction, the batch first.
        return x.getNDArrayInternal()
                .lstm(x, new NDList(start, start), gates, true, 1, 0, true, false, true)
                .get(0)
                .get(":, -1");
    }
}
