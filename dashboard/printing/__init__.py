"""Documents to print: one self-contained HTML file each, on A4, that needs neither this product nor a network."""
