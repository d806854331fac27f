package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.SplittableRandom;

/// What happens to the stage while mains power is there, or is away for a moment: no reason for anybody to go down.
enum ChaosStep {
    KILL_DRIVER {
        @Override
        void play(ChaosStage stage) {
            stage.stack().driver(ChaosStage.UPS).kill();
            stage.pass(stage.random().nextInt(3000));
            stage.stack().startDriver(ChaosStage.UPS);
        }
    },
    STOP_DRIVER {
        @Override
        void play(ChaosStage stage) {
            frozen(stage, stage.stack().driver(ChaosStage.UPS));
        }
    },
    KILL_SERVER {
        @Override
        void play(ChaosStage stage) {
            stage.stack().upsd().kill();
            stage.pass(stage.random().nextInt(4000));
            stage.stack().startUpsd();
        }
    },
    STOP_SERVER {
        @Override
        void play(ChaosStage stage) {
            frozen(stage, stage.stack().upsd());
        }
    },
    RESTART_SERVER {
        @Override
        void play(ChaosStage stage) {
            stage.stack().upsd().end();
            stage.stack().startUpsd();
        }
    },
    RELOAD {
        @Override
        void play(ChaosStage stage) {
            stage.stack().upsd().signal("HUP");
            stage.upsmons().forEach(upsmon -> upsmon.proc().signal("HUP"));
        }
    },
    KILL_UPSMON {
        @Override
        void play(ChaosStage stage) {
            var upsmon = stage.anyUpsmon();
            upsmon.proc().kill();
            stage.pass(stage.random().nextInt(1000));
            upsmon.again();
        }
    },
    STOP_UPSMON {
        @Override
        void play(ChaosStage stage) {
            frozen(stage, stage.anyUpsmon().proc());
        }
    },
    CUT_NETWORK {
        @Override
        void play(ChaosStage stage) {
            var cable = stage.cable();
            cable.pull();
            stage.pass(500 + stage.random().nextInt(14_000));
            cable.plugIn();
        }
    },
    FILL_DISK {
        @Override
        void play(ChaosStage stage) {
            stage.fillDisk();
            stage.status("OB");
            stage.status("OL");
            if (stage.random().nextBoolean()) {
                stage.stack().driver(ChaosStage.UPS).kill();
                stage.stack().startDriver(ChaosStage.UPS);
                stage.settle();
            }
            stage.freeDisk();
        }
    },
    JUMP_CLOCK {
        @Override
        void play(ChaosStage stage) {
            long[] jumps = {-86_400, -3_600, -61, 61, 3_600, 86_400, 31_536_000};
            stage.setClock(jumps[stage.random().nextInt(jumps.length)]);
            stage.pass(3000);
            stage.settle();
            stage.setClock(0);
            stage.pass(3000);
        }
    },
    DEVICE_AWAY {
        @Override
        void play(ChaosStage stage) {
            var device = stage.stack().box().conf().resolve("ups.dev");
            var away = device.resolveSibling("ups.away");
            try {
                Files.move(device, away);
                stage.pass(500 + stage.random().nextInt(4000));
                Files.move(away, device);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    BLIP {
        @Override
        void play(ChaosStage stage) {
            for (int i = 1 + stage.random().nextInt(3); i > 0; i--) {
                stage.status("OB DISCHRG");
                stage.pass(stage.random().nextInt(1500));
                stage.status("OL CHRG");
            }
        }
    },
    HARMLESS_STATUS {
        @Override
        void play(ChaosStage stage) {
            String[] harmless = {"OL LB", "OL RB", "OL BOOST", "OL TRIM", "OL BYPASS", "OL OVER", "OL OFF", "OL TEST"};
            stage.status(harmless[stage.random().nextInt(harmless.length)]);
            stage.pass(1500);
            stage.status("OL");
        }
    },
    NOISE {
        @Override
        void play(ChaosStage stage) {
            var noise = new Noise(new SplittableRandom(stage.random().nextLong()));
            for (int i = 0; i < 40; i++) {
                make(noise, stage);
            }
        }
    };

    abstract void play(ChaosStage stage);

    private static void make(Noise noise, ChaosStage stage) {
        try (var wire = stage.stack().wire()) {
            wire.sendBytes(noise.forServer());
        } catch (UncheckedIOException e) {
            return; // refused or dropped: its good right
        }
    }

    private static void frozen(ChaosStage stage, Proc proc) {
        proc.freeze();
        stage.pass(500 + stage.random().nextInt(9_000));
        proc.thaw();
    }
}
