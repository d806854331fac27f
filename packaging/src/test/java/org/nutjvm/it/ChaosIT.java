package org.nutjvm.it;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A short walk through what `packaging/src/chaos/chaos` does for long. Needs root.
@ExtendWith(LogsOnFailure.class)
class ChaosIT {
    private static final long SEED = Long.getLong("nut.chaos.seed", 20260301L);

    @Test
    void nobodyGoesDownForNothingAndAllGoWhenItIsTrue() {
        var chaos = new Chaos();
        try (var stage = new ChaosStage(new SplittableRandom(SEED), false, new TreeMap<>())) {
            chaos.step(ChaosStep.KILL_DRIVER, stage);
            chaos.step(ChaosStep.RELOAD, stage);
            chaos.step(ChaosStep.BLIP, stage);
            chaos.step(ChaosStep.KILL_UPSMON, stage);
            chaos.step(ChaosStep.NOISE, stage);
            chaos.end(ChaosEnd.LOW, stage);
        }
    }
}
