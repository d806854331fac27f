package org.nutjvm.packaging.training;

import java.util.List;
import org.nutjvm.common.io.Signals;
import org.nutjvm.drivers.dummy.DummyUps;
import org.nutjvm.upsd.Upsd;
import org.nutjvm.upsmon.Upsmon;
import org.slf4j.LoggerFactory;

/// A driver, upsd and upsmon in one process, started as their launchers start them. When the driver or upsd ends, the
/// process does; upsmon, which has to end in this play, only leaves the stage.
public final class TrainDaemons {
    private TrainDaemons() {}

    /// Runs them. USR2 has upsmon reload.
    ///
    /// @param args the UPS's section of ups.conf; the user to run as
    public static void main(String[] args) {
        // SLF4J hands out substitutes while a first thread looks for Logback, so that is done before there are two.
        LoggerFactory.getILoggerFactory();
        var driver = new Thread(() -> DummyUps.main(new String[] {"-a", args[0], "-u", args[1], "-F"}), "driver");
        driver.setDaemon(true);
        driver.start();
        var program = new Upsmon(System.getenv(), System.out, System.err);
        Signals.on("USR2", program::reload);
        var upsmon = new Thread(() -> program.run(List.of("-u", args[1], "-F")), "upsmon");
        upsmon.setDaemon(true);
        upsmon.start();
        Upsd.main(new String[] {"-u", args[1], "-F"});
    }
}
