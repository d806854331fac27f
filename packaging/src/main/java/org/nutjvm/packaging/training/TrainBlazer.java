package org.nutjvm.packaging.training;

import org.nutjvm.drivers.qx.BlazerSer;

/// blazer_ser with the device of {@link TrainQx}.
public final class TrainBlazer {
    private TrainBlazer() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        BlazerSer.main((device, settings, lock) -> new PlayedLine(new TrainQx.Ups()), args);
    }
}
