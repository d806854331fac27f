package org.nutjvm.cgi.ups;

/// An instant command of a UPS.
///
/// @param name `load.off`
/// @param description what it does, in words; empty if the server has none
public record Command(String name, String description) {
    /// Whether the machines behind the UPS may lose power by it, or what protects them.
    public boolean grave() {
        return name.contains("off")
                || name.contains("shutdown")
                || name.contains("cycle")
                || name.contains("reboot")
                || name.contains("kill")
                || name.contains("bypass")
                || name.contains("calibrate");
    }
}
