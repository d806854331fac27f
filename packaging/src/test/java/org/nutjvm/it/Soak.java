package org.nutjvm.it;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Days of a quiet site in the time there is: one stage that lives on, mains that fail and come back each few seconds,
/// questions of all kinds in between, reloads now and then. What each daemon holds at the end is compared with what it
/// held after the first minute. `packaging/src/chaos/chaos --soak` runs it.
final class Soak {
    private static final int QUESTIONS = 400;
    private static final int RELOAD_EACH = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private Soak() {}

    private static Map<String, Vitals> vitals(ChaosStage stage) {
        var all = new LinkedHashMap<String, Vitals>();
        stage.processes().forEach((what, proc) -> all.put(what, Vitals.of(proc.pid())));
        return all;
    }

    /// What clients, status pages and monitoring systems do in a minute.
    private static void ask(ChaosStage stage) {
        try (var wire = stage.stack().wire()) {
            for (int i = 0; i < QUESTIONS; i++) {
                switch (i % 4) {
                    case 0 -> wire.list("LIST VAR ups");
                    case 1 -> wire.ask("GET VAR ups battery.charge");
                    case 2 -> wire.list("LIST UPS");
                    default -> wire.ask("GET VAR ups no.such");
                }
            }
        }
        for (int i = 0; i < 20; i++) {
            stage.stack().ask("GET NUMLOGINS ups");
        }
    }

    /// `[--minutes N] [--seed S]`
    public static void main(String[] args) {
        long minutes = 20;
        long seed = 1;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--minutes" -> minutes = Long.parseLong(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("chaos --soak [--minutes N] [--seed S], not " + args[i]);
            }
        }
        int exit = 1;
        try (var stage = new ChaosStage(new SplittableRandom(seed), false, new TreeMap<>())) {
            System.out.println("soak for " + minutes + " minutes: " + stage.cast());
            soak(stage, Duration.ofMinutes(minutes));
            exit = 0;
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            Sandbox.showLogs();
        }
        System.exit(exit);
    }

    private static void soak(ChaosStage stage, Duration length) {
        long start = System.nanoTime();
        Map<String, Vitals> first = Map.of();
        long outages = 0;
        long questions = 0;
        while (System.nanoTime() - start < length.toNanos()) {
            stage.status("OB DISCHRG");
            stage.pass(stage.random().nextInt(500));
            stage.status("OL CHRG");
            ask(stage);
            outages++;
            questions += QUESTIONS;
            if (outages % RELOAD_EACH == 0) {
                ChaosStep.RELOAD.play(stage);
                stage.settle();
            }
            if (first.isEmpty() && System.nanoTime() - start > WARM_UP.toNanos()) {
                stage.settle();
                first = vitals(stage);
            }
        }
        stage.settle();
        var last = vitals(stage);
        System.out.printf(
                Locale.ROOT,
                "%d outages, %d questions, no shutdown%n%n| program | after a minute | after %d minutes |%n|---|---|---|%n",
                outages,
                questions,
                length.toMinutes());
        for (var each : first.entrySet()) {
            System.out.println("| " + each.getKey() + " | " + each.getValue() + " | " + last.get(each.getKey()) + " |");
        }
    }
}
