package org.nutjvm.common.log;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/// The system's log by way of logger(1): a few milliseconds for each line. For a program that says something now and
/// then that is less than the native calls of {@link SystemLog} cost with the first line, and they need a permission
/// that programs which come and go are started without.
final class LoggerCommand implements LogSink {
    private static final String[] PRIORITIES = {"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"};
    private static final File NULL = new File("/dev/null");
    private static final int TIMEOUT_SECONDS = 2;

    private final String command;
    private final File device;
    private final String tag;

    LoggerCommand(String program) {
        this("logger", new File("/dev/log"), program);
    }

    /// @param device nothing is run unless it exists
    LoggerCommand(String command, File device, String program) {
        this.command = command;
        this.device = device;
        this.tag = program + "[" + ProcessHandle.current().pid() + "]";
    }

    @Override
    public void write(int priority, String line) {
        if (!device.exists()) {
            return;
        }
        var builder = new ProcessBuilder(command, "-t", tag, "-p", "daemon." + PRIORITIES[priority & 7], "--", line);
        builder.redirectInput(NULL).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        try {
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            System.err.println(line); // there is no logger(1): the last resort
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
