package org.nutjvm.upsd.net;

import java.util.List;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.upsd.session.Descriptions;

/// A server that thinks it may have more files open than the system lets it: run in a process of its own, which prints
/// the port.
final class Crowded {
    private Crowded() {}

    public static void main(String[] args) throws Exception {
        try (var server = new Server(new Descriptors(1_000_000), Descriptions.NONE, "1", System::nanoTime, () -> 1)) {
            server.listen(List.of(new UpsdConf.Listen("127.0.0.1", "0", 1)), false, false, "upsd.conf", false);
            server.maxconn(0);
            System.out.println("port " + server.port());
            server.run(new Server.Chores() {
                @Override
                public void reload() {}

                @Override
                public void tick() {}
            });
        }
    }
}
