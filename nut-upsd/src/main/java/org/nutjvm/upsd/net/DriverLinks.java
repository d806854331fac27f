package org.nutjvm.upsd.net;

import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.upsd.session.Device;
import org.nutjvm.upsd.session.Devices;
import org.nutjvm.upsd.session.Tracking;

/// The connections to all drivers, and what becomes of them when ups.conf changes (server/conf.c: ups_create,
/// ups_update, delete_ups).
final class DriverLinks {
    private static final int READ_SIZE = 64 * 1024;

    /// How much of it is taken apart at a time.
    private static final int PIECE = 512;

    private final Selector selector;
    private final Devices devices;
    private final Tracking tracking;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_SIZE);
    private final byte[] bytes = new byte[PIECE];
    private List<DriverLink> links = List.of();

    DriverLinks(Selector selector, Devices devices, Tracking tracking) {
        this.selector = selector;
        this.devices = devices;
        this.tracking = tracking;
    }

    int count() {
        return links.size();
    }

    /// Serves these devices from now on: those that stay keep their connection, their logins and a forced shutdown.
    ///
    /// @return the devices that are gone
    List<Device> define(List<Server.Served> wanted) {
        var next = new ArrayList<DriverLink>();
        for (var each : wanted) {
            var link = find(each.name());
            if (link == null) {
                var device = new Device(each.name(), each.desc());
                link = new DriverLink(selector, device, tracking, each.socket(), buffer, bytes);
            } else {
                link.device().desc(each.desc());
                if (!link.socket().equals(each.socket())) {
                    link.redefine(each.socket());
                }
            }
            next.add(link);
        }
        var gone = new ArrayList<Device>();
        for (var link : links) {
            if (!next.contains(link)) {
                Journal.notice("Deleting UPS [" + link.device().name() + "]");
                link.disconnect();
                gone.add(link.device());
            }
        }
        links = next;
        var served = new ArrayList<Device>();
        for (var link : next) {
            served.add(link.device());
        }
        devices.replace(served);
        return gone;
    }

    void tick(long now, long maxage) {
        for (var link : links) {
            link.tick(now, maxage);
        }
    }

    boolean tell(Device device, DriverRequest request) {
        for (var link : links) {
            if (link.device() == device) {
                return link.tell(request);
            }
        }
        return false;
    }

    void closeAll() {
        for (var link : links) {
            link.disconnect();
        }
    }

    private @Nullable DriverLink find(String name) {
        for (var link : links) {
            if (link.device().name().equalsIgnoreCase(name)) {
                return link;
            }
        }
        return null;
    }
}
