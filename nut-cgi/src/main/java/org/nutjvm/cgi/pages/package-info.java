/// The pages of the small server: markup, pictures, JSON, and which address is which.
@NullMarked
package org.nutjvm.cgi.pages;

import org.jspecify.annotations.NullMarked;
