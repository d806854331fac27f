package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The drivers that a test has at lines of their own. They end with the test.
final class SerialRigs implements BeforeEachCallback, AfterEachCallback {
    private final String program;
    private final List<SerialRig> rigs = new CopyOnWriteArrayList<>();

    /// @param program the driver
    SerialRigs(String program) {
        this.program = program;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat makes the pseudo terminals");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        rigs.forEach(SerialRig::close);
        rigs.clear();
    }

    /// One more; from any thread.
    ///
    /// @param words of the driver's command line besides its port
    SerialRig start(Maker maker, IntFunction<byte[]> device, String... words) {
        return start(maker, program, device, words);
    }

    /// One more, of another driver.
    SerialRig start(Maker maker, String program, IntFunction<byte[]> device, String... words) {
        var rig = new SerialRig(maker, program, device, words);
        rigs.add(rig);
        return rig;
    }

    void needC() {
        assumeTrue(Maker.C.find(program).isPresent(), () -> "C's " + program + " is not installed");
    }

    /// C's driver and ours have to tell the same story, side by side.
    void compare(Function<Maker, List<String>> story) {
        needC();
        var c = CompletableFuture.supplyAsync(() -> story.apply(Maker.C));
        var ours = story.apply(Maker.OURS);
        assertEquals(String.join("\n", c.join()), String.join("\n", ours));
    }
}
