package org.nutjvm.drivers.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.drivers.spi.DriverException;

/// What a driver's command line asks for, beside its settings (drivers/main.c: main).
///
/// @param dump after how many updates to print the data and exit, 0 for a real run
/// @param killpower whether the load is to be switched off
/// @param command what to tell a running instance, or null
/// @param pid where to, or 0
/// @param settings the options that are settings, in their order
record DriverOptions(
        CommandLine.Foreground foreground,
        int dump,
        boolean killpower,
        @Nullable TwinCommand command,
        long pid,
        List<CommandLine.Option> settings) {

    /// Whether a pid file is read and written.
    boolean pidFileInUse() {
        return foreground != CommandLine.Foreground.YES || killpower;
    }

    /// Whether this is a driver to run on, and not one errand.
    boolean lasting() {
        return dump == 0 && !killpower && command == null;
    }

    /// Whether it is to run detached.
    boolean detached() {
        return lasting() && foreground == CommandLine.Foreground.NO;
    }

    static DriverOptions of(CommandLine line) throws DriverException {
        TwinCommand command = null;
        long pid = 0;
        for (var option : line.options()) {
            if (option.letter() == 'c') {
                if (command != null) {
                    throw new DriverException(
                            "Error: only one command per run can be sent with option -c. Try -h for help.");
                }
                command = TwinCommand.of(option.value());
                if (command == null) {
                    throw new DriverException("Error: unknown argument to option -c. Try -h for help.");
                }
            } else if (option.letter() == 'P') {
                pid = PidFile.pid(option.value());
                if (pid < 2) {
                    throw new DriverException(
                            "Error: invalid pid '" + option.value() + "' for option -P. Try -h for help.");
                }
            }
        }
        if (!line.complaint().isEmpty()) {
            throw new DriverException("Error: unknown option -?. Try -h for help.");
        }
        if (!line.operands().isEmpty()) {
            throw new DriverException("Error: too many non-option arguments. Try -h for help.");
        }
        int dump = Math.max(0, Debug.leading(line.last('d', "0")));
        var foreground = line.foreground();
        if (dump > 0 && !line.has('F') && !line.has('B')) {
            foreground = CommandLine.Foreground.YES;
        }
        return new DriverOptions(foreground, dump, line.has('k'), command, pid, line.options());
    }
}
