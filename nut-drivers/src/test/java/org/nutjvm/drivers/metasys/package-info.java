@NullMarked
package org.nutjvm.drivers.metasys;

import org.jspecify.annotations.NullMarked;
