package org.nutjvm.upsd.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.DeviceTree;
import org.nutjvm.common.wire.NutError;

/// One device as the server knows it (server/upstype.h): what its driver said, and what the server adds to that. It
/// belongs to the event loop.
public final class Device {
    private final String name;
    private final DeviceTree tree = new DeviceTree();
    private final List<Session> logins = new ArrayList<>();
    private @Nullable String desc;
    private boolean connected;
    private boolean stale = true;
    private boolean fsd;
    private long changes;

    public Device(String name, @Nullable String desc) {
        this.name = name;
        this.desc = desc;
    }

    /// The section of ups.conf.
    public String name() {
        return name;
    }

    /// `desc` of ups.conf.
    public @Nullable String desc() {
        return desc;
    }

    public void desc(@Nullable String newDesc) {
        desc = newDesc;
        changes++;
    }

    /// What the driver told; empty while it is not connected.
    public DeviceTree tree() {
        return tree;
    }

    public boolean connected() {
        return connected;
    }

    public void connected(boolean now) {
        connected = now;
        changes++;
    }

    public boolean stale() {
        return stale;
    }

    public void stale(boolean now) {
        stale = now;
        changes++;
    }

    /// Whether a forced shutdown was asked for; this does not end before the server does.
    public boolean fsd() {
        return fsd;
    }

    /// Asks for a forced shutdown.
    public void setFsd() {
        fsd = true;
        changes++;
    }

    /// Who draws power from it, in the order of their logins.
    public List<Session> logins() {
        return logins;
    }

    /// Why nothing can be said about it, or null when its data are good (server/upsd.c: ups_available).
    public @Nullable NutError trouble() {
        if (!connected) {
            return NutError.DRIVER_NOT_CONNECTED;
        }
        return stale ? NutError.DATA_STALE : null;
    }

    /// Grows whenever an answer about this device may change, so that an answer can be kept until then.
    public long stamp() {
        return tree.version() + changes;
    }
}
