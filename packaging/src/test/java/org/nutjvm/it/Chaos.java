package org.nutjvm.it;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// One disaster after the other, by a seed: what happened can be played again. `packaging/src/chaos/chaos` runs it for
/// as
/// long as wanted, [ChaosIT] for a few steps.
final class Chaos {
    private static final int STEPS = 12;

    private final Map<String, Integer> played = new TreeMap<>();
    private final Map<String, List<Double>> ends = new TreeMap<>();
    private final Map<String, Long> growth = new TreeMap<>();
    private int episodes;
    private int steps;
    private int restarted;

    /// Plays one stage to its end.
    ///
    /// @param count steps before the end
    void episode(long seed, int count) {
        var random = new SplittableRandom(seed);
        try (var stage = new ChaosStage(random, random.nextInt(3) > 0, growth)) {
            say("episode with seed " + seed + ": " + stage.cast());
            try {
                for (int i = 0; i < count; i++) {
                    step(any(random, ChaosStep.values()), stage);
                }
                end(any(random, ChaosEnd.values()), stage);
                restarted += stage.restarted();
                episodes++;
            } catch (RuntimeException | Error e) {
                say("FAILED with seed " + seed + ": " + e);
                Sandbox.showLogs();
                throw e;
            }
        }
    }

    private static <T> T any(SplittableRandom random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    void step(ChaosStep step, ChaosStage stage) {
        if (step == ChaosStep.JUMP_CLOCK && !stage.hasClock()) {
            return;
        }
        long start = System.nanoTime();
        step.play(stage);
        stage.settle();
        steps++;
        played.merge(name(step), 1, Integer::sum);
        say(String.format(Locale.ROOT, "%-20s %5.1f s", name(step), (System.nanoTime() - start) / 1e9));
    }

    void end(ChaosEnd end, ChaosStage stage) {
        double seconds = end.play(stage);
        ends.computeIfAbsent(name(end), e -> new ArrayList<>()).add(seconds);
        say(String.format(
                Locale.ROOT, "%-20s all down after %.1f s (promised: %d)", name(end), seconds, end.promisedSeconds()));
    }

    private static String name(Enum<?> what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void say(String text) {
        System.out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }

    private void report() {
        System.out.println();
        System.out.println(episodes + " stages, " + steps + " steps, no false shutdown, none missed; C's programs were "
                + "started again " + restarted + " times after they had ended by themselves, ours never");
        System.out.println("steps: " + played);
        System.out.println();
        System.out.println("| end | times | promised | longest |\n|---|---|---|---|");
        ends.forEach((end, seconds) -> {
            var kind = ChaosEnd.valueOf(end.toUpperCase(Locale.ROOT).replace(' ', '_'));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d s | %.1f s |%n",
                    end,
                    seconds.size(),
                    kind.promisedSeconds(),
                    seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        });
        System.out.println();
        System.out.println("greatest growth of memory of a process, kB: " + growth);
    }

    /// `[--minutes N] [--seed S]`
    public static void main(String[] args) {
        long minutes = 20;
        long seed = System.nanoTime();
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--minutes" -> minutes = Long.parseLong(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("chaos [--minutes N] [--seed S], not " + args[i]);
            }
        }
        var chaos = new Chaos();
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        say("chaos for " + minutes + " minutes, seed " + seed);
        int exit = 0;
        try {
            while (System.nanoTime() < end) {
                chaos.episode(seed++, STEPS);
            }
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            exit = 1;
        }
        chaos.report();
        System.exit(exit);
    }
}
