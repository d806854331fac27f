package org.nutjvm.drivers.snmp.mapping;

/// What a line of a mapping stands for: one thing, or one for each of several.
public enum Scope {
    /// The device itself.
    DEVICE("", ""),
    /// Each outlet.
    OUTLET("{outlet}", "outlet.count"),
    /// Each group of outlets.
    GROUP("{group}", "outlet.group.count"),
    /// Each sensor of the surroundings.
    AMBIENT("{ambient}", "ambient.count");

    private final String place;
    private final String count;

    Scope(String place, String count) {
        this.place = place;
        this.count = count;
    }

    /// How its number is written in names and identifiers.
    public String place() {
        return place;
    }

    /// The variable that says how many there are.
    public String count() {
        return count;
    }

    /// The scope a name has by the place in it.
    static Scope of(String name) {
        for (var scope : values()) {
            if (scope != DEVICE && name.contains(scope.place)) {
                return scope;
            }
        }
        return DEVICE;
    }
}
