"""Visit: a day of practice of somebody alone at home, from home screen to summary."""
