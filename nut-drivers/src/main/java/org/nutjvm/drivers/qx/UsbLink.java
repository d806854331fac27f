package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.usb.Identity;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bridge chip on USB (drivers/nutdrv_qx.c: qx_command). A device that is gone is looked for at each poll.
final class UsbLink implements QxLink {
    private static final Logger LOG = LoggerFactory.getLogger(UsbLink.class);

    /// So many answers that were too long for the endpoint mean that the chip has lost its way.
    private static final int OVERFLOWS = 3;
    /// More of an old answer than this is none.
    private static final int MOST_NOISE = 512;

    private final UsbSearch search;
    private final UsbBridge bridge;
    private final Identity identity;
    private @Nullable UsbHandle handle;
    private int overflows;

    UsbLink(UsbSearch search, UsbSearch.Found found, UsbBridge bridge) {
        this.search = search;
        this.bridge = bridge;
        identity = found.identity();
        handle = found.handle();
    }

    @Override
    public void open() throws IOException {
        if (handle != null) {
            return;
        }
        try {
            handle = search.again(identity);
            LOG.debug("the USB device {} is back", identity.id());
        } catch (UsbException e) {
            throw new IOException("USB device " + identity.id() + ": " + e.getMessage(), e);
        }
    }

    private UsbHandle handle() throws IOException {
        UsbHandle opened = handle;
        if (opened == null) {
            throw new IOException("USB device " + identity.id() + " is lost");
        }
        return opened;
    }

    @Override
    public String ask(String question) throws IOException {
        UsbHandle opened = handle();
        try {
            String answer = bridge.ask(opened, question);
            overflows = 0;
            return answer;
        } catch (UsbException e) {
            LOG.debug("{}: {}", Item.shown(question), String.valueOf(e.getMessage()));
            trouble(opened, e);
            return "";
        }
    }

    @Override
    public void quiet() throws IOException {
        UsbHandle opened = handle();
        try {
            for (int i = 0; i < MOST_NOISE; i++) {
                if (!bridge.drained(opened)) {
                    return;
                }
            }
        } catch (UsbException e) {
            trouble(opened, e);
            return;
        }
        throw new IOException("the device does not stop talking");
    }

    /// What can be gone on with, and what has to be begun anew.
    ///
    /// @throws IOException if it is lost
    private void trouble(UsbHandle opened, UsbException e) throws IOException {
        switch (e.kind()) {
            case TIMEOUT, OTHER, NO_MEMORY -> {
                // No answer; the next question may have one.
            }
            case STALL -> {
                try {
                    opened.clearHalt(UsbBridge.IN);
                } catch (UsbException halted) {
                    reset(opened);
                    throw lost(halted);
                }
            }
            case OVERFLOW -> {
                overflows++;
                if (overflows >= OVERFLOWS) {
                    overflows = 0;
                    reset(opened);
                    throw lost(e);
                }
            }
            case GONE, ACCESS, IO, NOT_FOUND, BUSY -> throw lost(e);
        }
    }

    private static void reset(UsbHandle opened) {
        try {
            opened.reset();
        } catch (UsbException e) {
            LOG.debug("reset: {}", String.valueOf(e.getMessage()));
        }
    }

    private IOException lost(UsbException e) {
        letGo();
        return new IOException("USB device " + identity.id() + " is lost: " + e.getMessage(), e);
    }

    private void letGo() {
        UsbHandle opened = handle;
        handle = null;
        if (opened != null) {
            opened.release();
            opened.close();
        }
    }

    @Override
    public Map<String, String> facts() {
        String id = identity.id().toString();
        return Map.of(
                "ups.vendorid",
                id.substring(0, 4),
                "ups.productid",
                id.substring(5),
                "driver.version.usb",
                search.version());
    }

    @Override
    public void close() {
        letGo();
        search.close();
    }
}
