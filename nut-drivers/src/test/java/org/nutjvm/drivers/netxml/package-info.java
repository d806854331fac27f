@NullMarked
package org.nutjvm.drivers.netxml;

import org.jspecify.annotations.NullMarked;
