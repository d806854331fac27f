package org.nutjvm.it;

/// How it ends: a true critical state, after which all four have to go down in time.
enum ChaosEnd {
    /// On battery and low.
    LOW(ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            low(stage);
        }
    },
    /// The same, and nobody can write to the disk.
    LOW_WITH_FULL_DISK(ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            stage.fillDisk();
            low(stage);
        }
    },
    /// The same, and the clock is set by a day meanwhile.
    LOW_WHILE_THE_CLOCK_IS_SET(ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            low(stage);
            stage.setClock(stage.random().nextBoolean() ? 86_400 : -86_400);
        }
    },
    /// The same while one secondary hangs: it goes as soon as it runs again, and nobody waits longer than HOSTSYNC.
    LOW_WITH_ONE_STOPPED(ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            var stopped = stage.upsmons().get(1 + stage.random().nextInt(3));
            stopped.proc().freeze();
            low(stage);
            for (var upsmon : stage.upsmons()) {
                if (!upsmon.equals(stopped)) {
                    ChaosEnd.gone(upsmon, ChaosEnd.LOW_SECONDS);
                }
            }
            stopped.proc().thaw();
        }
    },
    /// On battery, and the driver dies.
    DRIVER_DIES(ChaosStage.DEADTIME + ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            onBattery(stage);
            stage.stack().driver(ChaosStage.UPS).kill();
        }
    },
    /// On battery, and the driver hangs.
    DRIVER_HANGS(ChaosStage.MAXAGE + ChaosStage.DEADTIME + ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            onBattery(stage);
            stage.stack().driver(ChaosStage.UPS).freeze();
        }
    },
    /// On battery, and the server dies.
    SERVER_DIES(ChaosStage.DEADTIME + ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            onBattery(stage);
            stage.stack().upsd().kill();
        }
    },
    /// On battery, and the server hangs: each answer is waited for as long as the client's patience lasts.
    SERVER_HANGS(ChaosStage.DEADTIME + ChaosEnd.LOW_SECONDS + 15) {
        @Override
        void bring(ChaosStage stage) {
            onBattery(stage);
            stage.stack().upsd().freeze();
        }
    },
    /// On battery, the cables are pulled, and then it is low for those that are left.
    CUT_THEN_LOW(ChaosStage.DEADTIME + ChaosEnd.LOW_SECONDS + 15) {
        @Override
        void bring(ChaosStage stage) {
            onBattery(stage);
            stage.cables().forEach(Cable::pull);
            low(stage);
        }
    },
    /// An administrator's order to the primary.
    FSD(ChaosEnd.LOW_SECONDS) {
        @Override
        void bring(ChaosStage stage) {
            stage.upsmons().getFirst().proc().signal("USR1");
        }
    };

    /// A poll of the driver, one of upsmon, another for FSD to be seen, HOSTSYNC, and no FINALDELAY.
    static final int LOW_SECONDS = 1 + 1 + 1 + ChaosStage.HOSTSYNC;

    /// What a loaded machine may add before it counts as late.
    private static final int SLACK_SECONDS = 30;

    private final int promisedSeconds;

    ChaosEnd(int promisedSeconds) {
        this.promisedSeconds = promisedSeconds;
    }

    abstract void bring(ChaosStage stage);

    int promisedSeconds() {
        return promisedSeconds;
    }

    private static void onBattery(ChaosStage stage) {
        stage.status("OB DISCHRG");
        stage.upsmons().forEach(upsmon -> upsmon.awaitNotice("1 ONBATT "));
        // The notices of blips before may have been meant: all have polled since.
        stage.pass(2500);
    }

    private static void low(ChaosStage stage) {
        stage.last("OB LB");
    }

    private static void gone(Upsmon upsmon, int seconds) {
        upsmon.proc().awaitExit(java.time.Duration.ofSeconds(seconds + SLACK_SECONDS));
        if (!upsmon.downs().equals("down\n")) {
            throw new org.opentest4j.AssertionFailedError(
                    upsmon.proc().name() + " ended and called for a shutdown so often: '" + upsmon.downs() + "'");
        }
    }

    /// Plays it, and waits until all four are gone.
    ///
    /// @return seconds from the critical state to the last of them
    double play(ChaosStage stage) {
        long before = System.nanoTime();
        bring(stage);
        long start = this == LOW_WITH_ONE_STOPPED ? before : System.nanoTime();
        for (var upsmon : stage.upsmons()) {
            gone(upsmon, promisedSeconds);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
