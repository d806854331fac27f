package org.nutjvm.tools.upsdrvctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.nutjvm.tools.drivers.ManagedUps;

/// Threads that work off lanes, so many at a time at most.
///
/// @param size how many
record Crew(int size) {
    /// As many as a small machine bears to start at once.
    static final Crew USUAL = new Crew(16);

    /// One after the other, in order: for showing what would be done.
    static final Crew ALONE = new Crew(1);

    /// Works off all waves, and returns when the last is done.
    void work(List<List<List<ManagedUps>>> waves, Consumer<ManagedUps> task) throws InterruptedException {
        for (List<List<ManagedUps>> lanes : waves) {
            Queue<List<ManagedUps>> waiting = new ConcurrentLinkedQueue<>(lanes);
            var hands = new ArrayList<Thread>();
            for (int i = 1; i < Math.min(size, lanes.size()); i++) {
                hands.add(Thread.ofPlatform().daemon().start(() -> workOff(waiting, task)));
            }
            workOff(waiting, task);
            for (Thread hand : hands) {
                hand.join();
            }
        }
    }

    private static void workOff(Queue<List<ManagedUps>> waiting, Consumer<ManagedUps> task) {
        for (List<ManagedUps> lane = waiting.poll(); lane != null; lane = waiting.poll()) {
            lane.forEach(task);
        }
    }
}
