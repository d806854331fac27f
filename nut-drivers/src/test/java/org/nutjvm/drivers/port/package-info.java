@NullMarked
package org.nutjvm.drivers.port;

import org.jspecify.annotations.NullMarked;
