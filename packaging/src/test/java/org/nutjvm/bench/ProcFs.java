package org.nutjvm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux tells about a process in /proc.
final class ProcFs {
    /// USER_HZ, which is 100 on every architecture NUT runs on.
    private static final double TICKS_PER_SECOND = 100;

    private ProcFs() {}

    /// Memory of one process in kB: its proportional share of everything, and what only it has.
    record Memory(long pssKb, long privateKb) {
        Memory plus(Memory other) {
            return new Memory(pssKb + other.pssKb, privateKb + other.privateKb);
        }

        double pssMb() {
            return pssKb / 1024.0;
        }

        double privateMb() {
            return privateKb / 1024.0;
        }
    }

    /// Memory of a process from smaps_rollup.
    static Memory memory(long pid) throws IOException {
        long pss = 0;
        long own = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            List<String> words = List.of(line.trim().split("\\s+"));
            switch (words.getFirst()) {
                case "Pss:" -> pss = Long.parseLong(words.get(1));
                case "Private_Clean:", "Private_Dirty:" -> own += Long.parseLong(words.get(1));
                default -> {}
            }
        }
        return new Memory(pss, own);
    }

    /// A figure of /proc/PID/status in kB, as `VmRSS` or `VmHWM`.
    static long status(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no " + name + " of " + pid);
    }

    /// CPU time, user and system, that a process has used so far, in seconds.
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> afterName =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(afterName.get(11)) + Long.parseLong(afterName.get(12))) / TICKS_PER_SECOND;
    }

    /// The kernel's id of the calling thread.
    static long threadId() throws IOException {
        return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString());
    }

    /// The processor's name, or the architecture where /proc/cpuinfo has none (as on ARM).
    static String processorName() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return System.getProperty("os.arch");
    }
}
