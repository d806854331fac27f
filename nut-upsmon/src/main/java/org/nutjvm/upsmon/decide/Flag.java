package org.nutjvm.upsmon.decide;

/// What is remembered of a UPS from the status words it had (clients/upsmon.h: ST_*).
public enum Flag {
    ONLINE,
    ONBATT,
    LOWBATT,
    FSD,
    CAL,
    OFF,
    BYPASS,
    ECO,
    ALARM,
    OVER,
    TRIM,
    BOOST
}
