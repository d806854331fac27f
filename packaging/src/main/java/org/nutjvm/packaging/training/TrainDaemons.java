package org.nutjvm.packaging.training;

import org.nutjvm.drivers.dummy.DummyUps;
import org.nutjvm.upsd.Upsd;
import org.slf4j.LoggerFactory;

/// A driver and upsd in one process, started as their launchers start them. Each ends the process when it ends.
public final class TrainDaemons {
    private TrainDaemons() {}

    /// Runs both.
    ///
    /// @param args the UPS's section of ups.conf; the user to run as
    public static void main(String[] args) {
        // SLF4J hands out substitutes while a first thread looks for Logback, so that is done before there are two.
        LoggerFactory.getILoggerFactory();
        var driver = new Thread(() -> DummyUps.main(new String[] {"-a", args[0], "-u", args[1], "-F"}), "driver");
        driver.setDaemon(true);
        driver.start();
        Upsd.main(new String[] {"-u", args[1], "-F"});
    }
}
