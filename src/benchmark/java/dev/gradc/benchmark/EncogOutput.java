package dev.gradc.benchmark;

import org.encog.engine.network.activation.ActivationFunction;

/**
 * The function of Encog's last layer, with the derivative of the layers below: where Encog 3.4 goes back through a layer, it asks the
 * layer above for the derivative (its issue 243). Of the last layer itself nobody asks it, as cross entropy goes back through that by
 * itself; so with equal functions below, all derivatives are right.
 */
record EncogOutput(ActivationFunction function, ActivationFunction below) implements ActivationFunction {

    @Override
    public void activationFunction(double[] values, int start, int size) {
        function.activationFunction(values, start, size);
    }

    @Override
    public double derivativeFunction(double before, double after) {
        return below.derivativeFunction(before, after);
    }

    @Override
    public boolean hasDerivative() {
        return true;
    }

    @Override
    public double[] getParams() {
        return function.getParams();
    }

    @Override
    public void setParam(int index, double value) {
        function.setParam(index, value);
    }

    @Override
    public String[] getParamNames() {
        return function.getParamNames();
    }

    @Override
    public ActivationFunction clone() {
        return new EncogOutput(function.clone(), below.clone());
    }

    @Override
    public String getFactoryCode() {
        return function.getFactoryCode();
    }

    @Override
    public String getLabel() {
        return function.getLabel();
    }
}
