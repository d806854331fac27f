package org.nutjvm.tools.scanner;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Asks many addresses, some of them at the same time. Each has a virtual thread while it is asked: nearly all of them
/// do nothing but wait.
final class Sweep {
    private Sweep() {}

    /// Calls the visitor for each address, and returns when all of them are done.
    ///
    /// @param inFlight at most so many at a time
    /// @param visitor what is found at an address; called by several threads at once
    /// @return what was found, in the order of the addresses
    /// @throws ExecutionException what the visitor threw
    static List<Device> over(
            List<InetAddress> addresses,
            int inFlight,
            Progress.Counter counter,
            Function<InetAddress, List<Device>> visitor)
            throws InterruptedException, ExecutionException {
        var places = new Semaphore(inFlight);
        var visits = new ArrayList<Future<List<Device>>>(addresses.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (InetAddress address : addresses) {
                places.acquire();
                visits.add(threads.submit(() -> {
                    try {
                        return visitor.apply(address);
                    } finally {
                        counter.step();
                        places.release();
                    }
                }));
            }
        }
        var found = new ArrayList<Device>();
        for (Future<List<Device>> visit : visits) {
            found.addAll(visit.get());
        }
        return found;
    }
}
