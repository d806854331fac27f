/// What all drivers share (drivers/main.c, drivers/dstate.c): command line, settings, life cycle, poll loop, state
/// socket.
@NullMarked
package org.nutjvm.drivers.core;

import org.jspecify.annotations.NullMarked;
