package org.nutjvm.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The short form of `packaging/src/fuzz/fuzz`: what is kept of its runs, what once went wrong among it, and a number
/// of
/// inputs that are nearly the same. `-Dfuzz.inputs=100000` tries more, `-Dfuzz.seed=1` others.
class FuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 150);
    private static final long SEED = Long.getLong("fuzz.seed", 20260301L);

    static Stream<Arguments> targets() {
        return Targets.all().entrySet().stream()
                .map(target -> Arguments.of(target.getKey().getSimpleName(), target.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    @Timeout(60)
    void holds(String name, Consumer<byte[]> target) throws IOException {
        Must.beQuiet();
        var corpus = corpus(name);
        assertFalse(corpus.isEmpty(), "nothing is kept for " + name);
        for (var kept : corpus.entrySet()) {
            assertDoesNotThrow(() -> target.accept(kept.getValue()), kept.getKey());
        }
        var mutations = new Mutations(SEED, List.copyOf(corpus.values()));
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutations.next();
            assertDoesNotThrow(
                    () -> target.accept(input), () -> Base64.getEncoder().encodeToString(input));
        }
    }

    /// Among what is kept for drivers are devices that work: else only failures would be varied.
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "ApcSmartFuzz",
                "DummyFileFuzz",
                "NhsFuzz",
                "PowercomFuzz",
                "QxAnswersFuzz",
                "ShutFuzz",
                "TrippliteFuzz"
            })
    @Timeout(60)
    void keptDevicesWork(String name) throws IOException {
        Must.beQuiet();
        long before = Poll.reported();
        for (var target : Targets.all().entrySet()) {
            if (target.getKey().getSimpleName().equals(name)) {
                corpus(name).values().forEach(target.getValue());
            }
        }
        assertTrue(Poll.reported() > before, "nothing that is kept for " + name + " makes a device that works");
    }

    private static Map<String, byte[]> corpus(String name) throws IOException {
        var corpus = new TreeMap<String, byte[]>();
        Path directory = Path.of("src", "test", "resources", "fuzz", name);
        var files = new ArrayList<Path>();
        try (var found = Files.list(directory)) {
            found.forEach(files::add);
        }
        for (var file : files) {
            corpus.put(file.toString(), Files.readAllBytes(file));
        }
        return corpus;
    }
}
