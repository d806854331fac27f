package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What a process holds at one moment, from /proc.
///
/// @param descriptors open files and sockets
/// @param rssKb resident memory, kB
/// @param zombies children that ended and were not waited for
record Vitals(int descriptors, int threads, long rssKb, int zombies) {

    static Vitals of(long pid) {
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            int open = (int) files.count();
            int threads = 0;
            long rss = 0;
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                String[] words = line.split("\\s+", -1);
                if (words[0].equals("Threads:")) {
                    threads = Integer.parseInt(words[1]);
                } else if (words[0].equals("VmRSS:")) {
                    rss = Long.parseLong(words[1]);
                }
            }
            return new Vitals(open, threads, rss, zombies(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int zombies(long pid) throws IOException {
        int found = 0;
        try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (var task : tasks.toList()) {
                for (String child : text(task.resolve("children")).strip().split(" ", -1)) {
                    String stat = child.isEmpty() ? "" : text(Path.of("/proc/" + child + "/stat"));
                    found += stat.contains(") Z ") ? 1 : 0;
                }
            }
        }
        return found;
    }

    /// Nothing of one that has just gone.
    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return descriptors + " descriptors, " + threads + " threads, " + rssKb / 1024 + " MB";
    }
}
